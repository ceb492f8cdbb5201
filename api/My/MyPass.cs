namespace Footprint.Grid.Api.My;

/// <summary>Whose footprint may be seen, and until when.</summary>
/// <param name="Id">What the link was asked for: the client, or an id that led to it.</param>
/// <param name="ClientId">The client that the id led to when the link was made, or the id itself: whoever it leads to later is somebody else.</param>
internal sealed record MyPass(string Tenant, string Id, string ClientId, DateTimeOffset Expires);
