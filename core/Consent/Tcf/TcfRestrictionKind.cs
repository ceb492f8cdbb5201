namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>The restriction types of the framework, by their numbers.</summary>
public enum TcfRestrictionKind
{
    /// <summary>Not for this purpose at all.</summary>
    NotAllowed = 0,

    /// <summary>With consent only.</summary>
    RequireConsent = 1,

    /// <summary>With legitimate interest only.</summary>
    RequireLegitimateInterest = 2,
}
