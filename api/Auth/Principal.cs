using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Auth;

/// <summary>Who a key stands for.</summary>
internal sealed record Principal(string KeyId, Scope Scopes, TenantLoad Load)
{
    public string Tenant => Load.Tenant;

    /// <summary>The only recipient for whom it may ask; null for any, and for the client's own view.</summary>
    public string? Recipient { get; init; }
}
