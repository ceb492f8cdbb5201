namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// How much one profile holds. Past a bound the entry that matters least goes: the weakest inferred interest, the oldest
/// item, impression, event id, session or trait, the rarest event type.
/// </summary>
public static class ProfileLimits
{
    public const int Interests = 256;
    public const int RecentItems = 200;
    public const int Traits = 64;
    public const int RememberedEvents = 1024;
    public const int EventTypes = 64;
    public const int Sessions = 8;
    public const int Impressions = 200;
    public const int AdImpressions = 1024;
    public const int Currencies = 8;

    /// <summary>Distinct half-lives; evidence of a further one joins the nearest.</summary>
    public const int HalfLives = 16;

    /// <summary>Rules of consent in force, and changes remembered.</summary>
    public const int Consents = 256;
    public const int ConsentHistory = 1024;

    /// <summary>Anonymous ids of one client; one more is refused, since nothing of it may be lost.</summary>
    public const int Aliases = 256;
}
