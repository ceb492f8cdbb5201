using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Knowledge;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Knowledge;

/// <summary>What goes from the knowledge that a cluster stores, and what stays.</summary>
[RequiresTool("redis-server")]
public sealed class StoredRoomTests : CellWorld
{
    private const int Shard = 3;
    private const string Hash = "fg:knowledge:default:3";
    private const long DayMs = 86_400_000;

    private static readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    // Ids of that shard.
    private static readonly string[] _ids = [.. Enumerable.Range(0, 100_000).Select(i => $"i{i}").Where(id => KnowledgeGatherer.Shard(id) == Shard)];

    private KnowledgeStore Store => new(Services.Redis, "default", Shard);

    [ToolFact]
    public async Task Fold_ItemsThatFaded_GoUnlessTheCatalogHasThem()
    {
        // Arrange: acts of long ago with what the catalog has and has not, and one of yesterday.
        (string forgotten, string defined, string recent, string added) = (_ids[0], _ids[1], _ids[2], _ids[3]);
        await PutAsync(forgotten, 200);
        await PutAsync(defined, 200);
        await PutAsync(recent, 1);
        var definitions = Client.GetRequiredService<Footprint.Grid.Engine.IDefinitionsEngine>();
        await definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { new Item { ItemId = defined } } }, new("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None)).Within("defined");

        // Act: as many deltas as are added up at once.
        IKnowledgeGrain grain = Client.GetRequiredService<IGrainFactory>().GetGrain<IKnowledgeGrain>($"default/{Shard}");
        foreach (int[] some in Enumerable.Range(0, 1100).Chunk(16))
        {
            await Task.WhenAll(some.Select(n => grain.AddAsync(new Payload(0, 0, Delta($"s{n}", added).ToByteArray())))).Within("the deltas are durable");
        }

        // Assert
        await Patience.Until(async () => !await Redis.HashExistsAsync(Hash, forgotten), "what faded goes");
        Assert.Equal(new[] { defined, recent, added }.Order(), (await IdsAsync()).Order());
    }

    [ToolFact]
    public async Task Work_MoreThanThereIsRoomFor_ThoseCountedLeastGo()
    {
        // Arrange: all were seen today, some of them often.
        string[] seldom = _ids[..2000], often = _ids[2000..2100];
        await Task.WhenAll(seldom.Select(id => PutAsync(id, days: 0, count: 1))).Within("stored");
        await Task.WhenAll(often.Select(id => PutAsync(id, days: 0, count: 100))).Within("stored");
        var room = new StoredRoom(Store, id => id != seldom[0], most: 1000);

        // Act
        for (int i = 0; i < 20; i++)
        {
            await room.WorkAsync(last: 0, written: 0, _now, CancellationToken.None).Within("worked");
        }

        // Assert: as soon as there is room the others may stay.
        string[] left = [.. await IdsAsync()];
        Assert.InRange(left.Length, often.Length + 1, 1000);
        Assert.Superset(often.Append(seldom[0]).ToHashSet(), left.ToHashSet());
    }

    [ToolFact]
    public async Task Work_SomebodyElseWroteTheLog_NothingGoes()
    {
        await PutAsync(_ids[0], 200);
        await Redis.StringSetAsync(Hash + ":n", "7");

        await Assert.ThrowsAsync<StoreException>(() => new StoredRoom(Store, _ => true).WorkAsync(last: 6, written: 0, _now, CancellationToken.None)).Within("refused");

        Assert.Single(await IdsAsync());
    }

    [Fact]
    public void Intervals_OfGatheringAndPublishing_LeaveMoreThanHalfOfTheSecond() =>
        Assert.True(KnowledgeReplication.FlushInterval + KnowledgeReplication.PublishInterval < TimeSpan.FromMilliseconds(500));

    private static KnowledgeDelta Delta(string source, string itemId)
    {
        var gatherer = new KnowledgeGatherer();
        gatherer.Observe(new ItemObservation(itemId, _now, 1, []));
        gatherer.Gather();
        return gatherer.Take(Shard, source, 1, _now)!;
    }

    private async Task<IEnumerable<string>> IdsAsync() => (await Redis.HashKeysAsync(Hash)).Select(id => (string)id!);

    private Task PutAsync(string id, int days, double count = 1) =>
        Redis.HashSetAsync(Hash, id, new StoredLearnedItem { ReferenceMs = _now - (days * DayMs), Count = count }.ToByteArray());
}
