using Footprint.Grid.Api.Auth;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Api.Limits;

/// <summary>A call that was let in: who it is, and which places it holds until it leaves.</summary>
internal readonly record struct Admission(Principal? Principal, Slots? Global, Slots? Own)
{
    public string Tenant => Principal?.Tenant ?? "";

    /// <summary>Who calls, as the engine is told.</summary>
    public CallContext Call(DateTimeOffset arrived, DateTimeOffset deadline, CancellationToken cancelled, bool hasPrivacySignal = false) =>
        new(Tenant, deadline, cancelled) { Arrived = arrived, HasPrivacySignal = hasPrivacySignal, Recipient = Principal?.Recipient };

    public void Leave()
    {
        Own?.Give();
        Global?.Give();
    }
}
