using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Auth;

/// <summary>Who a key stands for.</summary>
internal sealed record Principal(string KeyId, Scope Scopes, TenantLoad Load)
{
    public string Tenant => Load.Tenant;
}
