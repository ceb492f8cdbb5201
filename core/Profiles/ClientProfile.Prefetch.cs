using Footprint.Grid.Core.Decisions;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Hints to the processor of what a turn is about to read.</summary>
public sealed partial class ClientProfile
{
    /// <summary>Asks for what a decision reads and writes of it: a profile lies in a dozen places, and is cold mostly.</summary>
    internal void Prefetch(int picks)
    {
        Interests.Prefetch();
        RecentItems.Prefetch(RankingWeights.RecentItems);
        Impressions.Prefetch(picks);
    }

    /// <summary>
    /// Asks for the memory that an event's turn reads, in five steps, each following references that the step before it
    /// asked for. To be called for many clients, step by step, before their turns. Needs no lock: whatever another thread
    /// changes meanwhile, each reference is read once and nothing of what it leads to is used.
    /// </summary>
    internal void PrefetchTurn(int step)
    {
        switch (step)
        {
            case 0:
                Memory.Prefetch.Object(this, bytes: 192);
                break;
            case 1:
                Memory.Prefetch.Object(Interests);
                Memory.Prefetch.Object(Counters);
                Memory.Prefetch.Object(RecentItems);
                Memory.Prefetch.Object(Sessions);
                Memory.Prefetch.Object(Consents);
                Memory.Prefetch.Object(RememberedEvents);
                break;
            default:
                Interests.PrefetchTurn(step - 2);
                Counters.PrefetchTurn(step - 2);
                if (step == 2)
                {
                    RecentItems.PrefetchTurn();
                    Sessions.PrefetchTurn();
                    RememberedEvents.PrefetchTurn();
                }

                break;
        }
    }
}
