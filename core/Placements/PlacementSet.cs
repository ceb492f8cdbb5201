using System.Collections.Frozen;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Placements;

/// <summary>
/// A tenant's placements. Immutable; the messages that it gives out are its own and must not be changed. A change costs in
/// proportion to the number of placements.
/// </summary>
public sealed class PlacementSet
{
    /// <summary>Placements that one tenant may have.</summary>
    public const int MaxPlacements = 10_000;

    private readonly FrozenDictionary<string, Placement> _rows;
    private readonly FrozenDictionary<string, string> _keys;

    private PlacementSet(IEnumerable<Placement> rows)
    {
        _rows = rows.ToFrozenDictionary(r => r.PlacementId, StringComparer.Ordinal);
        _keys = _rows.Values.Where(r => r.Learning != Placement.Types.Learning.Off)
            .ToFrozenDictionary(r => r.PlacementId, Learning.Outcomes.LearningKey.Of, StringComparer.Ordinal);
    }

    public static PlacementSet Empty { get; } = new([]);

    /// <summary>The placement as it was defined; null when it works with the defaults.</summary>
    public Placement? Find(string placementId) => _rows.Count == 0 ? null : _rows.GetValueOrDefault(placementId);

    /// <summary>What the sums of a placement go by; null where it does not learn.</summary>
    internal string? KeyOf(string placementId) => _keys.Count == 0 ? null : _keys.GetValueOrDefault(placementId);

    /// <summary>Those of all placements that learn.</summary>
    internal IEnumerable<string> Keys => _keys.Values;

    /// <summary>At most that many in the order of their ids (ordinal), after the given one.</summary>
    public IReadOnlyList<Placement> Page(string afterPlacementId, int size) =>
        DefinitionRules.Page(_rows.Values, r => r.PlacementId, afterPlacementId, size);

    /// <summary>Copies of these added or put in place of their namesakes; the last one wins where an id comes twice.</summary>
    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: more than <see cref="MaxPlacements"/> would be defined.</exception>
    public PlacementSet With(IReadOnlyList<Placement> placements)
    {
        var rows = new Dictionary<string, Placement>(_rows, StringComparer.Ordinal);
        foreach (Placement placement in placements)
        {
            rows[placement.PlacementId] = placement.Clone();
        }

        DefinitionRules.ThrowIfTooMany("placements", rows.Count, MaxPlacements);
        return new PlacementSet(rows.Values);
    }

    /// <summary>The same when there is no such placement.</summary>
    public PlacementSet Without(string placementId) =>
        _rows.ContainsKey(placementId) ? new PlacementSet(_rows.Values.Where(r => r.PlacementId != placementId)) : this;
}
