using Footprint.Grid.Core.Learning;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>How entries get from the log to the stored items.</summary>
internal sealed partial class KnowledgeLog
{
    /// <summary>Adds the entries to the stored items. A crash half way does no harm: an item knows which entry it holds.</summary>
    private async Task FoldAsync()
    {
        KnowledgeDelta[] deltas = [.. _unfolded.Select(KnowledgeDelta.Parser.ParseFrom)];
        string[] ids = [.. deltas.SelectMany(d => d.Items).Select(i => i.ItemId).Distinct()];

        // Entries are of what silos bound; what an item holds of other placements is not to be lost here.
        var knowledge = new KnowledgeBase(int.MaxValue);
        knowledge.LoadCounts(store.Shard, _head);
        foreach (string[] some in ids.Chunk(KnowledgeStore.ItemsAtOnce))
        {
            foreach ((string id, StoredLearnedItem item) in await store.ReadItemsAsync(some, CancellationToken.None))
            {
                knowledge.Load(id, item);
            }
        }

        ulong entry = Last - (ulong)deltas.Length;
        foreach (KnowledgeDelta delta in deltas)
        {
            knowledge.Apply(delta, ++entry);
        }

        foreach (string[] some in ids.Chunk(KnowledgeStore.ItemsAtOnce))
        {
            // What is past a bound of knowledge is in no item.
            Expect(await store.TryPutAsync(Last, [.. some.Select(id => (id, knowledge.Save(id)!)).Where(i => i.Item2 is not null)], CancellationToken.None));
        }

        var head = new StoredKnowledgeShard { Folded = Last };
        foreach ((string source, (ulong sequence, long timeMs)) in _sources.OrderByDescending(s => s.Value.TimeMs).Take(MostSources))
        {
            head.Sources.Add(new StoredKnowledgeShard.Types.Source { Source_ = source, Sequence = sequence, TimeMs = timeMs });
        }

        knowledge.SaveCounts(store.Shard, head);
        Expect(await store.TryPutHeadAsync(Last, head, deltas.Length, CancellationToken.None));
        _head = head;
        _unfolded.Clear();
        (_unfoldedBytes, _foldedAt) = (0, time.GetTimestamp());

        await room.WorkAsync(Last, ids.Length, time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None);
    }
}
