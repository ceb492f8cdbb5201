using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// Which segments the client is in. Found out after every change and, since a condition may begin or cease to hold by the
/// passing of time alone, in every decision that asks for segments, by every sweep and whenever the profile is looked at. The
/// journal says what was found, so a replay needs no definition.
/// </summary>
public sealed partial class ClientActor
{
    /// <summary>Journals what changed; false when nothing did. What the journal has no room for is found out again by a later turn.</summary>
    private bool RefreshSegments(in Turn turn)
    {
        if (SegmentsChanged(turn) is not { } changed)
        {
            return false;
        }

        try
        {
            Change(turn, new JournalEntry { SegmentsChanged = changed });
            return true;
        }
        catch (GridException)
        {
            return false;
        }
    }

    private JournalEntry.Types.SegmentsChanged? SegmentsChanged(in Turn turn)
    {
        SegmentSet segments = turn.Definitions.Segments;
        ReadOnlySpan<SegmentMemberships.Entry> known = Profile.Segments.All;
        if ((segments.Count == 0 && known.IsEmpty) || AliasOf is not null)
        {
            return null;
        }

        List<CompiledSegment> holding = [];
        if (segments.Count > 0 && Profile.IsAnybody && Keepable(turn, country: null).Permits(DataCategories.Inferred))
        {
            var client = new ProfileAttributes(Key.ClientId, Profile, DataCategories.All, turn.NowMs, "", context: null);
            holding = segments.Holding(client, DataCategories.All);
        }

        // Both are in the order of their ids.
        DataCategories counted = holding.Count > 0 || Profile.Segments.IsCounted ? Allowed(turn, Purposes.Analytics, "", context: null) : DataCategories.None;
        JournalEntry.Types.SegmentsChanged? changed = null;
        int next = 0;
        foreach (SegmentMemberships.Entry entry in known)
        {
            int order = 1;
            while (next < holding.Count && (order = string.CompareOrdinal(holding[next].Id, entry.SegmentId)) < 0)
            {
                Enter(holding[next++], isIn: false, isCounted: false);
            }

            if (next < holding.Count && order == 0)
            {
                Enter(holding[next++], entry.IsIn, entry.IsCounted);
            }
            else if (entry.IsIn)
            {
                (changed ??= new()).Left.Add(entry.SegmentId);
            }
        }

        for (; next < holding.Count; next++)
        {
            Enter(holding[next], isIn: false, isCounted: false);
        }

        if (changed is not null)
        {
            changed.TimeMs = turn.NowMs;
        }

        return changed;

        // In its size counts whom analytics may know to be in it, and nobody where the condition names whom it is about.
        void Enter(CompiledSegment segment, bool isIn, bool isCounted)
        {
            if (!isIn)
            {
                (changed ??= new()).Entered.Add(segment.Id);
            }

            if ((!segment.NamesClients && counted.Permits(segment.Needs)) != isCounted)
            {
                changed ??= new();
                (isCounted ? changed.Uncounted : changed.Counted).Add(segment.Id);
            }
        }
    }

    /// <summary>The profile as of now: with the segments that time alone has changed, which the journal gets to know later.</summary>
    private ClientProfile AsOfNow(in Turn turn)
    {
        if (SegmentsChanged(turn) is not { } changed)
        {
            return Profile;
        }

        ClientProfile now = ProfileCodec.Load(ProfileCodec.Save(Profile));
        now.Apply(new JournalEntry { Sequence = Profile.JournalSequence, SegmentsChanged = changed });
        (now.Version, now.Unknown) = (Profile.Version, Profile.Unknown);
        return now;
    }
}
