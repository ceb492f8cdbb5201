using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>One tenant's knowledge on this silo: what its own clients teach on the way out, and what all clients taught on the way in.</summary>
internal sealed class KnowledgeReplica : ILearning
{
    private readonly Lock _lock = new();
    private readonly TenantSnapshot _tenant;
    private readonly KnowledgeStore[] _stores;
    private readonly ulong[] _entries = new ulong[KnowledgeGatherer.Shards];
    private readonly KnowledgeBase _knowledge = new();
    private readonly TimeProvider _time;

    public KnowledgeReplica(TenantSnapshot tenant, IGridRedis redis, TimeProvider time)
    {
        (_tenant, _time) = (tenant, time);
        _stores = [.. Enumerable.Range(0, KnowledgeGatherer.Shards).Select(shard => new KnowledgeStore(redis, tenant.Name, shard))];
        tenant.Learning = this;
    }

    public string Tenant => _tenant.Name;

    /// <summary>Items whose neighbours are to be found out again.</summary>
    public int Waiting => _knowledge.Waiting;

    /// <inheritdoc cref="KnowledgeBase.Due"/>
    public int Due => _knowledge.Due;

    public KnowledgeGatherer Gatherer { get; } = new();

    public void Observe(string tenant, in ItemObservation observation) => Gatherer.Observe(observation);

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks) => Gatherer.Observe(picks);

    public void Observe(string tenant, StoredProbeCount difference) => Gatherer.Observe(difference);

    public void Observe(string tenant, StoredSegmentCount difference) => Gatherer.Observe(difference);

    /// <summary>Observations lost on the way out or in.</summary>
    public long Dropped => Gatherer.Dropped + _knowledge.Dropped;

    /// <inheritdoc cref="KnowledgeBase.NotTaken"/>
    public long NotTaken => _knowledge.NotTaken;

    /// <summary>The last entry of a shard's log that is here.</summary>
    public ulong Entry(int shard)
    {
        lock (_lock)
        {
            return _entries[shard];
        }
    }

    /// <summary>Takes the next entry of a shard's log; another one changes nothing.</summary>
    public void Apply(int shard, KnowledgeEntry entry)
    {
        lock (_lock)
        {
            if (entry.Entry == _entries[shard] + 1)
            {
                _knowledge.Apply(KnowledgeDelta.Parser.ParseFrom(entry.Delta), entry.Entry);
                _entries[shard] = entry.Entry;
            }
        }
    }

    /// <summary>Reads a shard whole: first the log, then the items, which hold what was dropped from the log meanwhile.</summary>
    /// <param name="shard">Which.</param>
    /// <param name="work">Does each piece of the work; null for at once, as long as nobody is served.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public async Task ReadAsync(int shard, Func<Action, Task>? work, CancellationToken cancel)
    {
        work ??= static piece =>
        {
            piece();
            return Task.CompletedTask;
        };
        (StoredKnowledgeShard? head, ulong last, byte[][] log) = await _stores[shard].ReadAsync(cancel);
        bool mayGrow = true;
        string cursor = "0";
        do
        {
            (cursor, RedisValue[] page) = await _stores[shard].ReadPageAsync(cursor, cancel);
            await work(() => KnowledgeStore.ReadItems(page, Load));
        }
        while (cursor != "0");

        // The entries since, in one go with the counts, to which each is added once.
        await work(() =>
        {
            lock (_lock)
            {
                _knowledge.LoadCounts(shard, head);
                ulong entry = last - (ulong)log.Length;
                foreach (byte[] delta in log)
                {
                    _knowledge.Apply(KnowledgeDelta.Parser.ParseFrom(delta), ++entry);
                }

                _entries[shard] = last;
            }
        });

        void Load(string id, StoredLearnedItem item)
        {
            lock (_lock)
            {
                _knowledge.Define(_tenant.Definitions.Placements, _tenant.Definitions.Campaigns);
                mayGrow = mayGrow && _knowledge.MakeRoom(_tenant.Definitions.Items, _time.GetUtcNow().ToUnixTimeMilliseconds());
                _knowledge.Load(id, item);
            }
        }
    }

    /// <summary>Gives decisions what is known now.</summary>
    public void Publish(long nowMs, int mostSolved = KnowledgeBase.MostSolved)
    {
        lock (_lock)
        {
            _knowledge.Define(_tenant.Definitions.Placements, _tenant.Definitions.Campaigns);
            _tenant.Knowledge = _knowledge.Publish(_tenant.Definitions.Items, nowMs, mostSolved);
        }
    }
}
