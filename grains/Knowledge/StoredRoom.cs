using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// Lets go of stored items of one shard, as silos do of those in memory: whatever ids events name are kept, so of those that the catalog
/// does not have the ones go that are counted for less than half an act. Where there are more items than silos have room for, it
/// looks at more of them, and once round for less than one act, two and so on until there are fewer. It goes round all items, a part at
/// each call. One caller at a time.
/// </summary>
/// <param name="store">The shard.</param>
/// <param name="mayGo">Whether an item that is counted little may go.</param>
/// <param name="most">Items that there is room for.</param>
internal sealed class StoredRoom(KnowledgeStore store, Func<string, bool> mayGo, long most = StoredRoom.Most)
{
    /// <summary>A shard's part of what a silo has room for.</summary>
    public const int Most = KnowledgeBase.MaxItems / KnowledgeGatherer.Shards;

    // What counts more is not let go of, however short room is: it may be out of the catalog for a moment only.
    private const double MostCounted = 32;

    private string _cursor = "0";
    private double _least = KnowledgeBase.Faded;
    private bool _hasRemoved;

    /// <summary>Goes on where the last call ended.</summary>
    /// <param name="last">The last entry of the log.</param>
    /// <param name="written">How many items were written since the last call, some of them new.</param>
    /// <param name="nowMs">When.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">The store does not answer, or somebody else wrote the log.</exception>
    public async Task WorkAsync(ulong last, int written, long nowMs, CancellationToken cancel)
    {
        bool isShort = await store.CountItemsAsync(cancel) > most;
        _least = isShort ? _least : KnowledgeBase.Faded;

        // Twice as many as may have come, so that it gets round however many come.
        for (int parts = isShort ? 1 + (2 * written / KnowledgeStore.ItemsAtOnce) : 1; parts > 0; parts--)
        {
            var gone = new List<string>();
            (_cursor, RedisValue[] page) = await store.ReadPageAsync(_cursor, cancel);
            KnowledgeStore.ReadItems(page, (id, item) =>
            {
                if (KnowledgeBase.CountOf(id, item, nowMs) < _least && mayGo(id))
                {
                    gone.Add(id);
                }
            });
            if (gone.Count > 0 && !await store.TryRemoveAsync(last, gone, cancel))
            {
                throw new StoreException("Somebody else wrote the log at the same time.");
            }

            _hasRemoved |= gone.Count > 0;
            if (_cursor == "0")
            {
                _least = isShort && !_hasRemoved ? Math.Min(MostCounted, _least * 2) : _least;
                _hasRemoved = false;
            }
        }
    }
}
