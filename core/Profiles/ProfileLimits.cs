namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// How much one profile holds. Past a bound the entry that matters least goes: the weakest inferred interest, the oldest
/// item, impression, event id, session or trait, the rarest event type.
/// </summary>
public static class ProfileLimits
{
    public const int Interests = 256;

    /// <summary>Of the acts of each set of data categories.</summary>
    public const int RecentItems = 200;

    /// <summary>Items that are not picked again, beside the above and likewise: bought, dismissed and the like, each once for each event type.</summary>
    public const int SpentItems = 400;
    public const int Traits = 64;
    public const int RememberedEvents = 1024;
    public const int EventTypes = 64;

    /// <summary>Of the acts of each set of data categories.</summary>
    public const int Sessions = 8;
    public const int Impressions = 200;
    public const int AdImpressions = 1024;

    /// <summary>Items shown where caps count them: for a window of 30 days 136 a day.</summary>
    public const int ContentImpressions = 4096;

    /// <summary>Campaigns and line items that the client dismissed or that led to a conversion.</summary>
    public const int AdAnswers = 256;

    /// <summary>Picks that an outcome may be told of, of placements that learn: 25 pages of ten.</summary>
    public const int ShownPicks = 256;
    public const int Currencies = 8;

    /// <summary>Segments that the client is in or was in lately; more than a tenant may define.</summary>
    public const int Segments = 256;

    /// <summary>
    /// Columns of evidence of the same data categories, and as many of what confirmations add to it; past that, evidence of a
    /// further half-life joins the nearest one.
    /// </summary>
    public const int HalfLives = 12;

    /// <summary>
    /// Columns that a stored profile may have: of 9 sets of categories that evidence can be of, as many of what confirmations add,
    /// and 28 more that one set may have from when all together had a bound.
    /// </summary>
    internal const int Columns = (2 * 9 * HalfLives) + 28;

    /// <summary>Steps on the trust ladder that are remembered.</summary>
    public const int TrustHistory = 256;

    /// <summary>Countries that a client was in at once, as far as one knows.</summary>
    public const int Countries = 8;

    /// <summary>Rules of consent in force, and changes remembered.</summary>
    public const int Consents = 256;
    public const int ConsentHistory = 1024;

    /// <summary>Disclosures that stand by day, purpose and kind; older ones are counted in one row for each recipient.</summary>
    public const int Disclosures = 384;

    /// <summary>Recipients that disclosures name; one more is given nothing, since nothing of them may be lost.</summary>
    public const int Recipients = 128;

    /// <summary>Anonymous ids of one client; one more is refused, since nothing of it may be lost.</summary>
    public const int Aliases = 256;
}
