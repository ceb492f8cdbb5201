using System.Collections.Frozen;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>A tenant's probes. Immutable; the messages that it gives out are its own and must not be changed.</summary>
public sealed class ProbeSet
{
    /// <summary>Probes that one tenant may have.</summary>
    public const int MaxProbes = 1_000;

    private readonly FrozenDictionary<string, ProbeDefinition> _probes;
    private readonly FrozenDictionary<string, ProbeDefinition[]> _byPlacement;

    private ProbeSet(IReadOnlyCollection<ProbeDefinition> probes)
    {
        _probes = probes.ToFrozenDictionary(p => p.Message.ProbeId, StringComparer.Ordinal);
        _byPlacement = probes.SelectMany(p => p.Message.Placements.Distinct().Select(placement => (placement, p)))
            .GroupBy(p => p.placement)
            .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.p).OrderBy(p => p.Message.ProbeId, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    public static ProbeSet Empty { get; } = new([]);

    public Probe? Find(string probeId) => _probes.GetValueOrDefault(probeId)?.Message;

    /// <summary>What may be asked there, in the order of ids; empty mostly, and then found at no cost when there are no probes at all.</summary>
    internal ProbeDefinition[] At(string placement) =>
        _byPlacement.Count == 0 ? [] : _byPlacement.TryGetValue(placement, out ProbeDefinition[]? probes) ? probes : [];

    /// <summary>At most that many in the order of their ids (ordinal), after the given one.</summary>
    public IReadOnlyList<Probe> Page(string afterProbeId, int size) =>
        DefinitionRules.Page(_probes.Values.Select(p => p.Message), p => p.ProbeId, afterProbeId, size);

    /// <summary>Copies of these added or put in place of their namesakes; the last one wins where an id comes twice.</summary>
    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: more than <see cref="MaxProbes"/> would be defined.</exception>
    public ProbeSet With(IReadOnlyList<Probe> probes)
    {
        var all = new Dictionary<string, ProbeDefinition>(_probes, StringComparer.Ordinal);
        foreach (Probe probe in probes)
        {
            all[probe.ProbeId] = new ProbeDefinition(probe.Clone());
        }

        DefinitionRules.ThrowIfTooMany("probes", all.Count, MaxProbes);
        return new ProbeSet(all.Values);
    }

    /// <summary>The same when there is no such probe.</summary>
    public ProbeSet Without(string probeId) =>
        _probes.ContainsKey(probeId) ? new ProbeSet([.. _probes.Values.Where(p => p.Message.ProbeId != probeId)]) : this;
}
