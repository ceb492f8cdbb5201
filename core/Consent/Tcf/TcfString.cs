namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>
/// A consent string of the IAB Europe Transparency and Consent Framework, version 2, decoded. The format is that of
/// "Consent string and vendor list formats v2" (IAB Tech Lab): segments of base64url joined by dots, the core first.
/// Work and memory are bounded by the text's length, which is at most <see cref="MaxLength"/>.
/// </summary>
public sealed record TcfString
{
    /// <summary>Characters; a string that names every vendor by a bit has about 22,000.</summary>
    public const int MaxLength = 32 * 1024;

    private const int Version = 2;
    private const int Disclosed = 1;
    private const int Allowed = 2;
    private const int Publisher = 3;

    /// <summary>Milliseconds since the epoch.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>Milliseconds since the epoch; many platforms round it down to the day.</summary>
    public required long UpdatedMs { get; init; }

    /// <summary>The consent platform's number.</summary>
    public required int CmpId { get; init; }

    public required int VendorListVersion { get; init; }

    public required int PolicyVersion { get; init; }

    /// <summary>Two letters.</summary>
    public required string Language { get; init; }

    public required bool IsServiceSpecific { get; init; }

    public required TcfFlags SpecialFeatures { get; init; }

    public required TcfFlags PurposesConsent { get; init; }

    /// <summary>Purposes for which legitimate interest was told and not objected to.</summary>
    public required TcfFlags PurposesLegitimateInterest { get; init; }

    /// <summary>Two letters.</summary>
    public required string PublisherCountry { get; init; }

    public required TcfVendors VendorConsents { get; init; }

    public required TcfVendors VendorLegitimateInterests { get; init; }

    public required IReadOnlyList<TcfRestriction> Restrictions { get; init; }

    /// <summary>Vendors that the client was told of; null when the string does not say.</summary>
    public TcfVendors? DisclosedVendors { get; init; }

    /// <summary>
    /// The publisher's own purposes; null when the string does not say. Platforms add an empty segment where they do not
    /// ask for them, so one with nothing in it says nothing.
    /// </summary>
    public TcfFlags? PublisherConsent { get; init; }

    public TcfFlags? PublisherLegitimateInterest { get; init; }

    /// <exception cref="TcfException">The text is no such string.</exception>
    public static TcfString Parse(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            throw new TcfException($"a consent string of {text.Length} characters", $"1 to {MaxLength} characters");
        }

        string[] segments = text.Split('.', 6);
        if (segments.Length > 5)
        {
            throw new TcfException("there are too many segments", "the core and one of each other type");
        }

        TcfString core = ReadCore(segments[0]);
        int seen = 0;
        foreach (string segment in segments.AsSpan(1))
        {
            var bits = new TcfBits(segment, "second or later");
            int type = bits.ReadInt(3, "its type");
            if (((seen >> type) & 1) == 1)
            {
                throw new TcfException($"there are two segments of type {type}", "one of each type");
            }

            seen |= 1 << type;
            core = ReadSegment(core, type, ref bits);
        }

        return core;
    }

    /// <summary>
    /// Whether the vendor may process for the purpose on some legal basis: told to the client, not excluded by the
    /// publisher, and with consent to both, or for purposes other than 1 and 3 to 6 with legitimate interest in both.
    /// </summary>
    public bool Allows(int vendor, int purpose)
    {
        if (DisclosedVendors is { } disclosed && !disclosed.Has(vendor))
        {
            return false;
        }

        bool consent = PurposesConsent.Has(purpose) && VendorConsents.Has(vendor);
        bool interest = MayRestOnInterest(purpose) && PurposesLegitimateInterest.Has(purpose) && VendorLegitimateInterests.Has(vendor);
        foreach (TcfRestriction restriction in Restrictions)
        {
            if (restriction.Purpose == purpose && restriction.Vendors.Has(vendor))
            {
                consent &= restriction.Kind == TcfRestrictionKind.RequireConsent;
                interest &= restriction.Kind == TcfRestrictionKind.RequireLegitimateInterest;
            }
        }

        return consent || interest;
    }

    /// <summary>Whether whoever asked the client, the publisher, may process for the purpose.</summary>
    public bool AllowsPublisher(int purpose) =>
        (PublisherConsent ?? PurposesConsent).Has(purpose)
        || (MayRestOnInterest(purpose) && (PublisherConsent is null ? PurposesLegitimateInterest : PublisherLegitimateInterest ?? default).Has(purpose));

    // Policies 4 and later take no legitimate interest for profiles and personalisation.
    private static bool MayRestOnInterest(int purpose) => purpose is not (1 or 3 or 4 or 5 or 6);

    private static TcfString ReadCore(string segment)
    {
        var bits = new TcfBits(segment, "core");
        int version = bits.ReadInt(6, "its version");
        if (version != Version)
        {
            throw new TcfException($"it is of version {version}", $"version {Version}");
        }

        long created = bits.Read(36, "the time of its creation") * 100;
        long updated = bits.Read(36, "the time of its last update") * 100;
        int cmp = bits.ReadInt(12, "the platform's number");
        _ = bits.ReadInt(12, "the platform's version");
        _ = bits.ReadInt(6, "the screen");
        string language = bits.ReadLetters("the language");
        int list = bits.ReadInt(12, "the vendor list's version");
        int policy = bits.ReadInt(6, "the policy's version");
        bool specific = bits.ReadFlag("the mark of a specific service");
        _ = bits.ReadFlag("the mark of own texts");
        TcfFlags features = TcfFlags.Read(ref bits, 12, "the special features");
        TcfFlags consent = TcfFlags.Read(ref bits, 24, "the purposes consented to");
        TcfFlags interest = TcfFlags.Read(ref bits, 24, "the purposes of legitimate interest");
        _ = bits.ReadFlag("the treatment of purpose one");
        string country = bits.ReadLetters("the publisher's country");
        return new TcfString
        {
            CreatedMs = created,
            UpdatedMs = updated,
            CmpId = cmp,
            VendorListVersion = list,
            PolicyVersion = policy,
            Language = language,
            IsServiceSpecific = specific,
            SpecialFeatures = features,
            PurposesConsent = consent,
            PurposesLegitimateInterest = interest,
            PublisherCountry = country,
            VendorConsents = TcfVendors.Read(ref bits, "the vendors consented to"),
            VendorLegitimateInterests = TcfVendors.Read(ref bits, "the vendors of legitimate interest"),
            Restrictions = ReadRestrictions(ref bits),
        };
    }

    private static List<TcfRestriction> ReadRestrictions(ref TcfBits bits)
    {
        int count = bits.ReadInt(12, "the number of publisher restrictions");
        var restrictions = new List<TcfRestriction>(Math.Min(count, 64));
        for (int i = 0; i < count; i++)
        {
            string field = $"publisher restriction {i}";
            int purpose = bits.ReadInt(6, field);
            int kind = bits.ReadInt(2, field);
            if (purpose is < 1 or > 24 || kind > (int)TcfRestrictionKind.RequireLegitimateInterest)
            {
                throw new TcfException($"{field} is of type {kind} for purpose {purpose}", "types 0 to 2, purposes 1 to 24");
            }

            restrictions.Add(new TcfRestriction(purpose, (TcfRestrictionKind)kind, TcfVendors.ReadRanges(ref bits, field, 65_535)));
        }

        return restrictions;
    }

    private static TcfString ReadSegment(TcfString core, int type, ref TcfBits bits)
    {
        switch (type)
        {
            case Disclosed:
                return core with { DisclosedVendors = TcfVendors.Read(ref bits, "the vendors disclosed") };
            case Allowed:
                // Said of strings shared between sites, which the framework has given up; read so that it is well formed.
                _ = TcfVendors.Read(ref bits, "the vendors allowed");
                return core;
            case Publisher:
                TcfFlags consent = TcfFlags.Read(ref bits, 24, "the publisher's purposes consented to");
                TcfFlags interest = TcfFlags.Read(ref bits, 24, "the publisher's purposes of legitimate interest");
                return (consent.Bits | interest.Bits) == 0 ? core : core with { PublisherConsent = consent, PublisherLegitimateInterest = interest };
            default:
                throw new TcfException($"a segment is of type {type}", "types 1 to 3");
        }
    }
}
