namespace Footprint.Grid.Api.My;

/// <summary>Whose footprint may be seen, and until when.</summary>
internal sealed record MyPass(string Tenant, string ClientId, DateTimeOffset Expires);
