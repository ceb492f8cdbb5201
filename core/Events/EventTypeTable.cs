using System.Collections.Frozen;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Events;

/// <summary>What each type of event says about an interest; a tenant's rows over the defaults. Immutable.</summary>
public sealed class EventTypeTable
{
    /// <summary>The row for every type without one of its own.</summary>
    public const string AnyType = "*";

    /// <summary>The type that a confirmed interest counts as.</summary>
    public const string Confirm = "confirm";

    /// <summary>The type of an outcome that is what something was shown for.</summary>
    public const string Conversion = "conversion";

    /// <summary>The type by which a client answers a probe.</summary>
    public const string ProbeAnswer = "probe-answer";

    private readonly FrozenDictionary<string, EventType> _rows;

    private EventTypeTable(IEnumerable<EventType> rows) => _rows = rows.ToFrozenDictionary(r => r.Type, StringComparer.Ordinal);

    public static EventTypeTable Default { get; } = new(
    [
        Row(AnyType, 1, 14),
        Row("impression", 0, 7),
        Row("view", 1, 14),
        Row("dwell", 1.5, 14),
        Row("search", 1.5, 7),
        Row("click", 2, 14),
        Row("add_to_cart", 3, 14),
        Row("download", 3, 30),
        Row("purchase", 6, 90, purchase: true, spends: true),
        Row(Conversion, 6, 90, spends: true),
        Row("share", 4, 60, active: true),
        Row("like", 5, 90, active: true),
        Row("dislike", -5, 90, active: true, spends: true),
        Row("review", 4, 180, active: true, spends: true),
        Row("dismissal", -2, 30, active: true, spends: true),
        Row("registration", 1, 365, active: true),
        Row("declare", 8, 365, active: true, declares: true),
        Row(Confirm, 6, 365, active: true),
        Row(ProbeAnswer, 6, 365, active: true),
    ]);

    /// <summary>The row of a type, or that of "*". Never null.</summary>
    public EventType Resolve(string type) => Find(type) ?? _rows[AnyType];

    /// <summary>The type's own row, default or the tenant's; null when it has none.</summary>
    public EventType? Find(string type) => _rows.GetValueOrDefault(type);

    /// <summary>At most that many rows in the order of their types (ordinal), after the given one.</summary>
    public IReadOnlyList<EventType> Page(string afterType, int size) =>
        DefinitionRules.Page(_rows.Values, r => r.Type, afterType, size);

    public EventTypeTable With(IReadOnlyList<EventType> rows) =>
        new(_rows.Values.ExceptBy(rows.Select(r => r.Type), r => r.Type).Concat(rows.AsEnumerable().Reverse().DistinctBy(r => r.Type).Select(r => r.Clone())));

    /// <summary>Back to the default of that type, if it has one.</summary>
    public EventTypeTable Without(string type) =>
        new(_rows.Values.Where(r => r.Type != type).Concat(Default.Find(type) is { } row ? [row] : []));

    private static EventType Row(
        string type, double weight, int halfLifeDays, bool active = false, bool purchase = false, bool spends = false, bool declares = false) => new()
        {
            Type = type,
            Weight = weight,
            HalfLife = Duration.FromTimeSpan(TimeSpan.FromDays(halfLifeDays)),
            Kind = active ? FootprintEvent.Types.Kind.Active : FootprintEvent.Types.Kind.Passive,
            Purchase = purchase,
            SpendsItem = spends,
            Declares = declares,
        };
}
