namespace Footprint.Grid.Core.Consent;

/// <summary>The purposes that the grid itself serves; tenants may name more.</summary>
public static class Purposes
{
    /// <summary>Content picks from the profile.</summary>
    public const string Personalization = "personalization";

    /// <summary>Ad targeting from the profile.</summary>
    public const string Advertising = "advertising";

    /// <summary>Contribution to shared knowledge: popularity, what goes with what.</summary>
    public const string Analytics = "analytics";

    /// <summary>Counting outcomes.</summary>
    public const string Measurement = "measurement";

    /// <summary>Handing facts to others.</summary>
    public const string Sharing = "sharing";
}
