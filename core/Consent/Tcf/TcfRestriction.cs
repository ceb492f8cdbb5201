namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>What a publisher allows some vendors less than the framework does.</summary>
/// <param name="Purpose">1 to 24.</param>
/// <param name="Kind">What holds for the purpose.</param>
/// <param name="Vendors">For whom.</param>
public sealed record TcfRestriction(int Purpose, TcfRestrictionKind Kind, TcfVendors Vendors);
