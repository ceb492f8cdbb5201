namespace Footprint.Grid.Conformance.Wire;

/// <summary>A running grid as callers see it.</summary>
/// <param name="Key">Opens the tenant <c>default</c> with all scopes.</param>
public sealed record WireTarget(Uri Http, Uri Grpc, string Key);
