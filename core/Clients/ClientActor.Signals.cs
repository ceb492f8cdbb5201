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

    /// <summary>Likewise before a decision. For a client of whom nothing is kept there is nothing to withhold, so nothing is written.</summary>
    public void TakePrivacySignalOfDecision(in Turn turn)
    {
        if (!KeepsNothing)
        {
            TakePrivacySignal(turn);
        }
    }
}
