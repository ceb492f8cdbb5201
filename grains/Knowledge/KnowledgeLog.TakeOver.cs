using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>The first reading of a shard that no cluster has written yet.</summary>
internal sealed partial class KnowledgeLog
{
    /// <summary>Begins with what a node left, if one did; gives the head and the last entry.</summary>
    private async Task<(StoredKnowledgeShard? Head, ulong Last)> TakeOverAsync()
    {
        if (await store.ReadOfNodeAsync(CancellationToken.None) is not var (head, left))
        {
            return (null, 0);
        }

        foreach ((string Id, StoredLearnedItem Item)[] items in left.Chunk(KnowledgeStore.ItemsAtOnce))
        {
            Expect(await store.TryPutAsync(0, items, CancellationToken.None));
        }

        head.Folded = 1;
        Expect(await store.TryBeginAsync(head, CancellationToken.None));
        return (head, 1);
    }
}
