namespace Footprint.Grid.Core.Retention;

/// <summary>How long a tenant keeps what it knows of a client; what no rule names is kept as long as the profile. Immutable.</summary>
public sealed record RetentionRules
{
    /// <summary>The shortest time that a rule can give.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(36_500);

    /// <summary>Nothing goes because of its age.</summary>
    public static RetentionRules None { get; } = new();

    /// <summary>What holds for a tenant that says nothing: disclosures are kept for 400 days, the rest as long as the profile.</summary>
    public static RetentionRules Default { get; } = new() { Disclosures = TimeSpan.FromDays(400) };

    /// <summary>How long after its last event a profile goes as a whole; null for never.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>By data category.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Categories { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>By event type: what is kept of acts of that type.</summary>
    public IReadOnlyDictionary<string, TimeSpan> EventTypes { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>How long it is known who got what of a client; null for as long as the profile.</summary>
    public TimeSpan? Disclosures { get; init; }

    /// <summary>All that the rules name.</summary>
    public IEnumerable<TimeSpan> Ages => new[] { Idle, Disclosures }.OfType<TimeSpan>().Concat(Categories.Values).Concat(EventTypes.Values);

    public bool IsNone => Idle is null && Disclosures is null && Categories.Count == 0 && EventTypes.Count == 0;
}
