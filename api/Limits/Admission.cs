using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Api.Limits;

/// <summary>A call that was let in: who it is, and which places it holds until it leaves.</summary>
internal readonly record struct Admission(Principal? Principal, Slots? Global, Slots? Own)
{
    public string Tenant => Principal?.Tenant ?? "";

    public void Leave()
    {
        Own?.Give();
        Global?.Give();
    }
}
