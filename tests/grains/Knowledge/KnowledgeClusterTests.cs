using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Knowledge;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tests.Tenants;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Orleans.TestingHost;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Knowledge;

[RequiresTool("redis-server")]
public sealed class KnowledgeClusterTests
{
    private static readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    [ToolFact]
    public async Task Taught_OnOneSilo_IsKnownOnEverySilo()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 2);
        await DefineAsync(cluster, "a", "b");
        KnowledgeSnapshot[] before = [.. cluster.Silos.Select(s => TenantCluster.On(s).Knowledge)];

        Teach(cluster.Silos[0], "a", times: 3, after: "b");
        Teach(cluster.Silos[1], "b", times: 1);

        await Patience.Until(() => cluster.Silos.All(s => Knows(s, ("a", 3), ("b", 1))), "both silos know both items");
        Assert.All(cluster.Silos.Select((s, i) => (s, i)), p => Assert.NotSame(before[p.i], TenantCluster.On(p.s).Knowledge));
    }

    [ToolFact]
    public async Task Delta_SentAgainAfterTheOwnerDied_CountsOnce()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 3);
        KnowledgeDelta delta = Delta("test", 1, "a", 5);
        IKnowledgeGrain grain = Grain(cluster, "a");
        await AddAsync(grain, delta);
        await AddAsync(grain, delta);

        await cluster.KillAsync(await cluster.HostOfAsync(grain));
        await Patience.Until(() => TryAdd(grain, delta), "the shard takes deltas again");
        await AddAsync(grain, Delta("test", 2, "a", 1));

        Assert.Equal(6, await CountAsync(cluster, "a"));
    }

    [ToolFact]
    public async Task Silo_Killed_LosesOnlyWhatItHadNotSent()
    {
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 2);
        await DefineAsync(cluster, "a");
        InProcessSiloHandle dying = cluster.Silos[1];
        Teach(dying, "a", times: 4);
        await Patience.Until(() => Knows(cluster.Silos[0], ("a", 4)), "the other silo knows");

        await cluster.KillAsync(dying);
        InProcessSiloHandle later = await cluster.AddAsync();

        await Patience.Until(() => Knows(later, ("a", 4)), "a silo started later knows");
    }

    [ToolFact]
    public async Task Node_LeftItsKnowledge_IsTakenOver()
    {
        using RedisServer server = await RedisServer.StartAsync();
        var node = new KnowledgeBase();
        for (int i = 0; i < 7; i++)
        {
            node.Observe(new ItemObservation("a", _now, 1, ["b"]));
        }

        await using (ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(server.Endpoint))
        {
            await connection.GetDatabase().HashSetAsync("fg:knowledge", TenantCluster.Tenant, node.Save()).Within("the node saved");
        }

        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1, server);
        await DefineAsync(cluster, "a", "b");

        await Patience.Until(() => Knows(cluster.Silos[0], ("a", 7)), "the node's knowledge is there");
        Assert.Equal(7, await CountAsync(cluster, "a"));
    }

    private static IKnowledgeGrain Grain(TenantCluster cluster, string itemId) =>
        cluster.Grains.GetGrain<IKnowledgeGrain>($"{TenantCluster.Tenant}/{KnowledgeGatherer.Shard(itemId)}");

    private static async Task DefineAsync(TenantCluster cluster, params string[] ids)
    {
        var request = new UpsertItemsRequest { Items = { ids.Select(id => new Item { ItemId = id, Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } }) } };
        await cluster.Definitions.UpsertItemsAsync(request, TenantCluster.Call()).Within("the items are defined");
    }

    private static void Teach(InProcessSiloHandle silo, string itemId, int times, params string[] after)
    {
        for (int i = 0; i < times; i++)
        {
            TenantCluster.On(silo).Learning.Observe(TenantCluster.Tenant, new ItemObservation(itemId, _now, 1, after));
        }
    }

    /// <summary>Whether popularity on that silo stands as the counts do.</summary>
    private static bool Knows(InProcessSiloHandle silo, params (string Id, int Count)[] items)
    {
        var definitions = TenantCluster.On(silo).Definitions.Items;
        var knowledge = TenantCluster.On(silo).Knowledge;
        double most = Math.Log(1 + items.Max(i => i.Count));
        return items.All(i => definitions.Get(i.Id) is { } item && Math.Abs(knowledge.PopularityOf(item) - (Math.Log(1 + i.Count) / most)) < 0.01);
    }

    private static KnowledgeDelta Delta(string source, ulong sequence, string itemId, int count)
    {
        var sums = new KnowledgeGatherer();
        for (int i = 0; i < count; i++)
        {
            sums.Observe(new ItemObservation(itemId, _now, 1, []));
        }

        sums.Gather();
        return sums.Take(KnowledgeGatherer.Shard(itemId), source, sequence, _now)!;
    }

    private static async Task AddAsync(IKnowledgeGrain grain, KnowledgeDelta delta)
    {
        Payload answer = await grain.AddAsync(new Payload(0, 0, delta.ToByteArray())).Within("the delta is durable");
        Assert.Equal((byte)PayloadKind.Answer, answer.Kind);
    }

    private static bool TryAdd(IKnowledgeGrain grain, KnowledgeDelta delta)
    {
        try
        {
            return grain.AddAsync(new Payload(0, 0, delta.ToByteArray())).Within("an answer").GetAwaiter().GetResult().Kind == (byte)PayloadKind.Answer;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The count of an item as its stored entries and log have it.</summary>
    private static async Task<double> CountAsync(TenantCluster cluster, string itemId)
    {
        string key = $"fg:knowledge:{TenantCluster.Tenant}:{KnowledgeGatherer.Shard(itemId)}";
        var knowledge = new KnowledgeBase();
        RedisValue item = await cluster.OnRedisAsync(r => r.HashGetAsync(key, itemId));
        if (!item.IsNull)
        {
            knowledge.Load(itemId, StoredLearnedItem.Parser.ParseFrom((byte[])item!));
        }

        RedisValue last = await cluster.OnRedisAsync(r => r.StringGetAsync(key + ":n"));
        RedisValue[] log = await cluster.OnRedisAsync(r => r.ListRangeAsync(key + ":j"));
        ulong entry = (last.IsNull ? 0 : ulong.Parse((string)last!, System.Globalization.CultureInfo.InvariantCulture)) - (ulong)log.Length;
        foreach (RedisValue delta in log)
        {
            knowledge.Apply(KnowledgeDelta.Parser.ParseFrom((byte[])delta!), ++entry);
        }

        StoredLearnedItem saved = knowledge.Save(itemId)!;
        return Math.Round(saved.Count * double.Exp2((saved.ReferenceMs - _now) / (60.0 * 86_400_000)), 3);
    }
}
