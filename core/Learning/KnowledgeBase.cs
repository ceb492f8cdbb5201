using System.Collections.Frozen;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Counts;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;

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

    /// <summary>
    /// Items for which one <see cref="Publish"/> finds out what goes with them: some 20 ms of work, so that with the rest that follows
    /// (<see cref="WorkPace"/>) what is new is there within a second.
    /// </summary>
    public const int MostSolved = 512;

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

    // Of the counts of all items.
    private double _total;

    /// <param name="mostPlacements">Placements that it learns for at the most.</param>
    /// <param name="mostItems">Items that it learns of at the most; <see cref="MaxItems"/> is as many as there can be.</param>
    public KnowledgeBase(int mostPlacements = MaxLearningPlacements, int mostItems = MaxItems)
    {
        _mostPlacements = mostPlacements;
        _room = new ItemRoom(mostItems);
        _decay = new ForwardDecay(EraDecay.OfItems.HalfLifeMs, Scale);
        _outcomeDecay = new ForwardDecay(EraDecay.OfOutcomes.HalfLifeMs, ScaleOutcomes);
    }

    /// <summary>Observations lost because the learner fell behind, or had no room for their items.</summary>
    public long Dropped => _buffer.Dropped + _picks.Dropped + Interlocked.Read(ref _refused);

    /// <summary>Items whose neighbours are found out again, some at each <see cref="Publish"/>.</summary>
    public int Waiting => _snapshots.Waiting;

    /// <summary>
    /// Those of them that changed by more than a thirty-second since: as long as these are fewer than one <see cref="Publish"/> takes,
    /// the next one makes known all that was learned.
    /// </summary>
    public int Due => _snapshots.Due;

    /// <summary>How often <see cref="Publish"/> looked at an item so far: what its work grows with.</summary>
    public long Looked => _snapshots.Looked + _publisher.Looked + _adsLooked;

    /// <summary>How often it looked for who is most popular, in place of those that were deleted or whose counts faded.</summary>
    public long Sought => _snapshots.Sought;

    /// <summary>Cheap; safe from any thread.</summary>
    public void Observe(in ItemObservation observation) => _buffer.Add(observation);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredProbeCount difference) => _counts.Probes.Add(difference);

    /// <inheritdoc cref="Observe(in ItemObservation)"/>
    public void Observe(StoredSegmentCount difference) => _counts.Segments.Add(difference);

    /// <summary>
    /// Merges what was observed since and gives the knowledge as of <paramref name="nowMs"/>; the same object when nothing
    /// changed. Its work goes by what changed, not by how much is known. One caller at a time.
    /// </summary>
    /// <param name="catalog">What there is to be known about.</param>
    /// <param name="nowMs">When.</param>
    /// <param name="mostSolved">Fewer than <see cref="MostSolved"/> where there are others to publish for.</param>
    public KnowledgeSnapshot Publish(CatalogSnapshot catalog, long nowMs, int mostSolved = MostSolved)
    {
        _buffer.Drain(Learn);
        LearnOutcomes();
        FindSlots(catalog);
        FrozenDictionary<string, PlacementKnowledge> placements = PublishOutcomes(nowMs);
        KnowledgeSnapshot snapshot = _snapshots.Build(
            catalog, _items, _numbers, _touched, _total / Math.Max(1, _items.Count), _decay.At(nowMs), mostSolved);
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
            CountAct(item, weight);
        }
        else if (entry.Previous != entry.ItemId && Touch(entry.Previous) is { } previous)
        {
            previous.Add(_numbers[item.Id], (float)weight);
            item.Add(_numbers[previous.Id], (float)(entry.Backwards * growth));
        }
    }

    // What is only to be taken back begins nothing.
    private LearnedItem? Touch(string id, bool begins = true)
    {
        if (!_numbers.TryGetValue(id, out int number))
        {
            if (!begins)
            {
                return null;
            }

            number = _room.Take(_items, id);
            if (number < 0)
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            _numbers.Add(id, number);
        }

        return Touch(number);
    }

    private void CountAct(LearnedItem item, double weight)
    {
        item.Add(weight);
        _total += weight;
    }

    private void Scale(double factor)
    {
        _items.ForEach(i => i.Scale(factor));
        _total *= factor;
    }
}
