namespace Footprint.Grid.Engine;

/// <summary>Names one client actor: <c>tenant/client_id</c>. A tenant's name holds no slash.</summary>
public readonly record struct ClientKey(string Tenant, string ClientId)
{
    public override string ToString() => $"{Tenant}/{ClientId}";
}
