using System.Collections.Frozen;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Counts;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// One tenant's shared knowledge in the making: takes observations from any thread, gives immutable snapshots. Counts
/// decay with a half-life of 60 days, by forward decay as in <c>DecayColumns</c>. What goes with what: an act with item b
/// after acts with a1, a2, … (latest first, fifteen at the most) counts in c(ak, b) and c(b, ak), weighed as
/// <see cref="ObservationBuffer"/> says; what follows from those counts, <see cref="NeighbourRegression"/> says. Bounded in
/// items and in neighbours.
/// </summary>
public sealed partial class KnowledgeBase
{
    public const int MaxItems = 1_000_000;

    private readonly ObservationBuffer _buffer = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<LearnedItem> _items = [];
    private readonly List<int> _touched = [];
    private readonly SnapshotBuilder _snapshots = new();
    private readonly ClientCounts _counts = new();
    private KnowledgeSnapshot _built = KnowledgeSnapshot.Empty;
    private KnowledgeSnapshot _latest = KnowledgeSnapshot.Empty;
    private readonly ForwardDecay _decay;
    private readonly int _mostPlacements;

    /// <param name="mostPlacements">Placements that it learns for at the most.</param>
    /// <param name="mostItems">Items that it learns of at the most; <see cref="MaxItems"/> is as many as there can be.</param>
    public KnowledgeBase(int mostPlacements = MaxLearningPlacements, int mostItems = MaxItems)
    {
        _mostPlacements = mostPlacements;
        _room = new ItemRoom(mostItems);
        _decay = new ForwardDecay(EraDecay.OfItems.HalfLifeMs, factor => _items.ForEach(i => i.Scale(factor)));
        _outcomeDecay = new ForwardDecay(EraDecay.OfOutcomes.HalfLifeMs, ScaleOutcomes);
    }

    /// <summary>Observations lost because the learner fell behind, or had no room for their items.</summary>
    public long Dropped => _buffer.Dropped + _picks.Dropped + Interlocked.Read(ref _refused);

    /// <summary>Items whose neighbours are found out again, some at each <see cref="Publish"/>.</summary>
    public int Waiting => _snapshots.Waiting;

    /// <summary>Cheap; safe from any thread.</summary>
    public void Observe(in ItemObservation observation) => _buffer.Add(observation);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredProbeCount difference) => _counts.Probes.Add(difference);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredSegmentCount difference) => _counts.Segments.Add(difference);

    /// <summary>
    /// Merges what was observed since and gives the knowledge as of <paramref name="nowMs"/>; the same object when nothing
    /// changed. One caller at a time.
    /// </summary>
    public KnowledgeSnapshot Publish(CatalogSnapshot catalog, long nowMs)
    {
        _buffer.Drain(Learn);
        LearnOutcomes();
        FrozenDictionary<string, PlacementKnowledge> placements = PublishOutcomes(catalog, nowMs);
        KnowledgeSnapshot snapshot = _snapshots.Build(catalog, _items, _touched, nowMs, _decay.At(nowMs));
        _touched.Clear();
        LetGo(catalog, nowMs);
        (ProbeKnowledge probes, SegmentSizes segments) = (_counts.Probes.Publish(), _counts.Segments.Publish());
        if (!ReferenceEquals(snapshot, _built) || !ReferenceEquals(placements, _latest.Placements)
            || !ReferenceEquals(probes, _latest.Probes) || !ReferenceEquals(segments, _latest.Segments) || !ReferenceEquals(_adRates, _latest.Ads))
        {
            _built = snapshot;
            _latest = snapshot.With(placements, probes, segments, _adRates);
        }

        return _latest;
    }

    /// <summary>Bytes for a store, to go on from after a restart. One caller at a time, never together with <see cref="Publish"/>.</summary>
    public byte[] Save()
    {
        _buffer.Drain(Learn);
        LearnOutcomes();
        var stored = new StoredKnowledge
        {
            ReferenceMs = _decay.ReferenceMs,
            OutcomeReferenceMs = _outcomeDecay.ReferenceMs,
        };

        // Numbers without those that are nobody's now.
        int[] numbers = new int[_items.Count];
        int kept = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _items[i].IsGone ? -1 : kept++;
        }

        foreach (LearnedItem item in _items)
        {
            if (item.IsGone)
            {
                continue;
            }

            var entry = new StoredItemKnowledge { ItemId = item.Id, Count = item.Count };
            for (int i = 0; i < item.Neighbours; i++)
            {
                if (numbers[item.Number(i)] is var number and >= 0)
                {
                    entry.Neighbours.Add((uint)number);
                    entry.Weights.Add(item.Weight(i));
                }
            }

            item.Outcomes?.Save(item, entry.Outcomes);
            stored.Items.Add(entry);
        }

        foreach (PlacementModel model in _placements.Values)
        {
            stored.Placements.Add(Saved(model));
        }

        _counts.Save(stored);
        return stored.ToByteArray();
    }

    /// <exception cref="CorruptRecordException">Not what <see cref="Save"/> gave.</exception>
    public static KnowledgeBase Load(ReadOnlySpan<byte> saved)
    {
        StoredKnowledge stored;
        try
        {
            stored = StoredKnowledge.Parser.ParseFrom(saved);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            throw new CorruptRecordException("The bytes are not saved knowledge.", e);
        }

        var knowledge = new KnowledgeBase();
        if (stored.Items.Count > 0)
        {
            knowledge._decay.Growth(stored.ReferenceMs);
        }

        foreach (StoredItemKnowledge entry in stored.Items)
        {
            if (entry.Neighbours.Count != entry.Weights.Count || entry.Neighbours.Any(n => n >= stored.Items.Count))
            {
                throw new CorruptRecordException($"The neighbours of item {entry.ItemId} are not those of saved knowledge.");
            }

            if (knowledge.Touch(entry.ItemId) is not { } item)
            {
                throw new CorruptRecordException($"Saved knowledge of more than {MaxItems} items.");
            }

            item.Add(entry.Count);
            for (int i = 0; i < entry.Neighbours.Count; i++)
            {
                item.Add((int)entry.Neighbours[i], entry.Weights[i]);
            }

            knowledge.LoadOutcomes(entry.ItemId, entry.Outcomes, stored.OutcomeReferenceMs);
        }

        foreach (StoredOutcomes placement in stored.Placements)
        {
            knowledge.LoadOutcomes(PlacementKey.Of(placement.Placement), [placement], stored.OutcomeReferenceMs);
        }

        knowledge._counts.Load(stored);
        return knowledge;
    }

    private void Learn(ObservationBuffer.Entry entry)
    {
        if (Touch(entry.ItemId) is not { } item)
        {
            return;
        }

        double growth = _decay.Growth(entry.TimeMs);
        double weight = entry.Weight * growth;
        if (entry.Previous is null)
        {
            item.Add(weight);
        }
        else if (entry.Previous != entry.ItemId && Touch(entry.Previous) is { } previous)
        {
            previous.Add(_numbers[item.Id], (float)weight);
            item.Add(_numbers[previous.Id], (float)(entry.Backwards * growth));
        }
    }

    private LearnedItem? Touch(string id)
    {
        if (!_numbers.TryGetValue(id, out int number))
        {
            number = _room.Take(_items, id);
            if (number < 0)
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            _numbers.Add(id, number);
        }

        LearnedItem item = _items[number];
        if (!item.IsTouched)
        {
            item.IsTouched = true;
            _touched.Add(number);
        }

        return item;
    }
}
