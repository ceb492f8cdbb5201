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

    /// <summary>Handing facts to others. Nothing is kept for this purpose alone.</summary>
    public const string Sharing = "sharing";

    internal const int Count = 5;

    /// <summary>A small number for each of the grid's own purposes; -1 for one that a tenant defined.</summary>
    internal static int Number(string purpose) => purpose switch
    {
        Personalization => 0,
        Advertising => 1,
        Analytics => 2,
        Measurement => 3,
        Sharing => 4,
        _ => -1,
    };
}
