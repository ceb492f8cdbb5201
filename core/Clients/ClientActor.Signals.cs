using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Clients;

/// <summary>What a request says about the client's wishes beside its content.</summary>
public sealed partial class ClientActor
{
    /// <summary>
    /// Takes the privacy signal of a request down, before the events or outcomes in it. <see cref="GridException"/>
    /// (<c>RESOURCE_EXHAUSTED</c>) when it cannot be kept; what comes with it must not be taken then.
    /// </summary>
    public void TakePrivacySignal(in Turn turn)
    {
        if (PrivacySignal.Denials(Profile.Consents, turn.NowMs) is { } denials)
        {
            Set(turn, denials);
        }
    }

    // With an event or an outcome that is this client's: what is from before an erasure, or another's, says nothing of this one.
    // Of somebody of whom nothing is kept and nothing may be, nothing is kept by it either.
    private void TakePrivacySignal(in Turn turn, string under, long atMs, string? country)
    {
        if (turn.HasPrivacySignal && !IsOfAnother(under, atMs) && !(KeepsNothing && Keepable(turn, country) == DataCategories.None))
        {
            TakePrivacySignal(turn);
        }
    }

    // Before the first thing that a decision keeps of somebody of whom nothing was kept: from then on the wish is known without the
    // signal. False when it cannot be kept, and so nothing else may be.
    private bool TryTakePrivacySignalOfFirst(in Turn turn)
    {
        try
        {
            if (turn.HasPrivacySignal && KeepsNothing)
            {
                TakePrivacySignal(turn);
            }

            return true;
        }
        catch (GridException)
        {
            return false;
        }
    }

    /// <summary>Likewise before a decision. For a client of whom nothing is kept there is nothing to withhold, so nothing is written before the decision itself leaves something.</summary>
    public void TakePrivacySignalOfDecision(in Turn turn)
    {
        if (!KeepsNothing)
        {
            TakePrivacySignal(turn);
        }
    }
}
