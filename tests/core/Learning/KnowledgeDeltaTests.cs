using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class KnowledgeDeltaTests
{
    private const long Day = 86_400_000;
    private const long Start = 1_767_000_000_000;

    [Fact]
    public void Sums_AnySplitAndOrder_AreTheSameToTheLastBit() => ForAnySeed(random =>
    {
        Observed[] observed = [.. Enumerable.Range(0, 60).Select(_ => Any(random))];
        List<KnowledgeDelta> deltas = Deltas(observed, random);

        // Commutative: in another order. Associative: added to each other in other groups first.
        KnowledgeDelta expected = Sum(Deltas(observed, null));
        Assert.Equal(expected, Sum(deltas));
        Assert.Equal(expected, Sum([.. deltas.OrderBy(_ => random.Next())]));
        Assert.Equal(expected, Sum([.. deltas.Chunk(3).Select(Sum)]));
        Assert.Equal(expected, Sum([Sum(deltas[..(deltas.Count / 2)]), Sum(deltas[(deltas.Count / 2)..])]));
    });

    [Fact]
    public void Take_AFewAtATime_GivesEveryCountOnce() => ForAnySeed(random =>
    {
        var sums = new KnowledgeSums();
        foreach (KnowledgeDelta delta in Deltas([.. Enumerable.Range(0, 40).Select(_ => Any(random))], null))
        {
            sums.Add(delta);
        }

        int size = sums.Size;
        var parts = new List<KnowledgeDelta>();
        for (ulong i = 1; sums.Take("s", i, Start, 5) is { } part; i++)
        {
            parts.Add(part);
        }

        Assert.Equal(0, sums.Size);
        Assert.Equal(size, parts.Sum(p => p.Items.Sum(i => 1 + i.Neighbours.Count)));
    });

    [Fact]
    public void Apply_EntriesThatComeAgain_ChangeNothing() => ForAnySeed(random =>
    {
        // Arrange: a log of entries, as one shard has it.
        List<KnowledgeDelta> log = Deltas([.. Enumerable.Range(0, 40).Select(_ => Any(random))], random);
        var once = new KnowledgeBase();
        var often = new KnowledgeBase();

        // Act
        for (int i = 0; i < log.Count; i++)
        {
            once.Apply(log[i], (ulong)i + 1);
            for (int j = random.Next(i + 1); j <= i; j++)
            {
                often.Apply(log[j], (ulong)j + 1);
            }
        }

        // Assert
        AssertSame(once, often, log);
    });

    [Fact]
    public void Save_InTheMiddleOfALog_AndTheRestOfIt_IsTheWholeLog() => ForAnySeed(random =>
    {
        // Arrange: every item was saved after another entry, as a crash between two saves leaves them.
        List<KnowledgeDelta> log = Deltas([.. Enumerable.Range(0, 40).Select(_ => Any(random))], random);
        var whole = new KnowledgeBase();
        var saved = new Dictionary<string, StoredLearnedItem>();
        for (int i = 0; i < log.Count; i++)
        {
            whole.Apply(log[i], (ulong)i + 1);
            foreach (string id in log.SelectMany(d => d.Items).Select(d => d.ItemId).Where(_ => random.Next(3) == 0))
            {
                if (whole.Save(id) is { } item)
                {
                    saved[id] = item;
                }
            }
        }

        // Act
        var loaded = new KnowledgeBase();
        foreach ((string id, StoredLearnedItem item) in saved)
        {
            loaded.Load(id, StoredLearnedItem.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(item)));
        }

        for (int i = 0; i < log.Count; i++)
        {
            loaded.Apply(log[i], (ulong)i + 1);
        }

        // Assert
        AssertSame(whole, loaded, log);
    });

    [Fact]
    public void Deltas_OfManyProcesses_TeachWhatOneProcessLearns() => ForAnySeed(random =>
    {
        Observed[] observed = [.. Enumerable.Range(0, 60).Select(_ => Any(random))];
        CatalogSnapshot catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 6).Select(i => new Item { ItemId = $"i{i}" })]);
        var alone = new KnowledgeBase();
        foreach (Observed o in observed)
        {
            alone.Observe(new ItemObservation(o.Item, o.TimeMs, o.Weight, o.Previous));
            if (o == observed[0])
            {
                // Both count from the same moment on.
                alone.Publish(catalog, o.TimeMs);
            }
        }

        var together = new KnowledgeBase();
        ulong entry = 0;
        foreach (KnowledgeDelta delta in Deltas(observed, random))
        {
            together.Apply(delta, ++entry);
        }

        KnowledgeSnapshot expected = alone.Publish(catalog, Start + (1000 * Day));
        KnowledgeSnapshot actual = together.Publish(catalog, Start + (1000 * Day));
        for (int slot = 0; slot < 6; slot++)
        {
            Assert.Equal(expected.Popularity(slot), actual.Popularity(slot), 1e-4f);
            float[] strengths = expected.NeighboursBySlot[slot].Strengths.ToArray();
            Assert.Equal(strengths, actual.NeighboursBySlot[slot].Strengths.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    });

    [Fact]
    public void Load_NeighboursWithoutWeights_IsRefused() =>
        Assert.Throws<CorruptRecordException>(() => new KnowledgeBase().Load("a", new StoredLearnedItem { Neighbours = { "b" } }));

    private static void ForAnySeed(Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).QuickCheckThrowOnFailure();

    private static Observed Any(Random random) => new(
        $"i{random.Next(6)}",
        Start + (random.Next(4) * 300 * Day) + random.Next(1000),
        random.Next(1, 10) / 3f,
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"i{random.Next(6)}").Distinct()]);

    /// <summary>The deltas of several processes, all shards', flushed at random; of one flushed once without chance.</summary>
    private static List<KnowledgeDelta> Deltas(Observed[] observed, Random? random)
    {
        KnowledgeGatherer[] processes = [.. Enumerable.Range(0, random is null ? 1 : 3).Select(_ => new KnowledgeGatherer())];
        var deltas = new List<KnowledgeDelta>();
        foreach (Observed o in observed)
        {
            processes[random?.Next(3) ?? 0].Observe(new ItemObservation(o.Item, o.TimeMs, o.Weight, o.Previous));
            if (random?.Next(5) == 0)
            {
                Flush(processes[random.Next(3)]);
            }
        }

        Array.ForEach(processes, Flush);
        return deltas;

        void Flush(KnowledgeGatherer process)
        {
            process.Gather();
            for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
            {
                if (process.Take(shard, "s", 1, observed[0].TimeMs) is { } delta)
                {
                    Assert.All(delta.Items, i => Assert.Equal(shard, KnowledgeGatherer.Shard(i.ItemId)));
                    deltas.Add(delta);
                }
            }
        }
    }

    /// <summary>All of them as one, in an order of its own.</summary>
    private static KnowledgeDelta Sum(IEnumerable<KnowledgeDelta> deltas)
    {
        var sums = new KnowledgeSums();
        foreach (KnowledgeDelta delta in deltas)
        {
            sums.Add(delta);
        }

        KnowledgeDelta sum = sums.Take("s", 1, Start, int.MaxValue) ?? new KnowledgeDelta();
        var sorted = new KnowledgeDelta { Source = "s", Sequence = 1 };
        foreach (ItemDelta row in sum.Items.OrderBy(i => i.ItemId, StringComparer.Ordinal).ThenBy(i => i.Era))
        {
            var copy = new ItemDelta { ItemId = row.ItemId, Era = row.Era, Count = row.Count };
            foreach (int i in Enumerable.Range(0, row.Neighbours.Count).OrderBy(i => row.Neighbours[i], StringComparer.Ordinal))
            {
                copy.Neighbours.Add(row.Neighbours[i]);
                copy.Weights.Add(row.Weights[i]);
            }

            sorted.Items.Add(copy);
        }

        return sorted;
    }

    private static void AssertSame(KnowledgeBase expected, KnowledgeBase actual, List<KnowledgeDelta> log)
    {
        foreach (string id in log.SelectMany(d => d.Items).Select(i => i.ItemId).Distinct())
        {
            StoredLearnedItem a = expected.Save(id)!;
            StoredLearnedItem b = actual.Save(id)!;
            Assert.Equal(a.Through, b.Through);
            Assert.Equal(a.Count * Scale(a), b.Count * Scale(b), 1e-9);
            Assert.Equal(Pairs(a).Keys, Pairs(b).Keys);
            Assert.All(Pairs(a), p => Assert.Equal(p.Value, Pairs(b)[p.Key], 1e-4));
        }
    }

    private static double Scale(StoredLearnedItem item) => double.Exp2((item.ReferenceMs - Start) / (60.0 * Day));

    private static SortedDictionary<string, double> Pairs(StoredLearnedItem item)
    {
        var pairs = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < item.Neighbours.Count; i++)
        {
            pairs.Add(item.Neighbours[i], item.Weights[i] * Scale(item));
        }

        return pairs;
    }

    private sealed record Observed(string Item, long TimeMs, float Weight, string[] Previous);
}
