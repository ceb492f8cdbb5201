using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What picks and their outcomes add up to, in one process, over deltas of many, and over a store.</summary>
public sealed class OutcomeLearningTests
{
    private const long Start = 1_767_000_000_000;
    private const long Day = 86_400_000;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 30).Select(i => new Item { ItemId = $"i{i}" })]);

    [Fact]
    public void Deltas_AnySplitAndOrder_AreTheSameToTheLastBit() => ForAnySeed(random =>
    {
        PickObservation[] picks = [.. Enumerable.Range(0, 80).Select(_ => Any(random))];

        Assert.Equal(Sum(Deltas(picks, null)), Sum([.. Deltas(picks, random).OrderBy(_ => random.Next())]));
    });

    [Fact]
    public void Deltas_OfManyProcesses_TeachWhatOneProcessLearns() => ForAnySeed(random =>
    {
        PickObservation[] picks = [.. Enumerable.Range(0, 80).Select(_ => Any(random))];
        var alone = new KnowledgeBase();
        alone.Observe(picks);
        var together = new KnowledgeBase();
        ulong entry = 0;
        foreach (KnowledgeDelta delta in Deltas(picks, random))
        {
            together.Apply(delta, ++entry);
            together.Apply(delta, entry);
        }

        AssertSame(alone.Publish(_catalog, Start + (40 * Day)), together.Publish(_catalog, Start + (40 * Day)));
    });

    [Fact]
    public void Save_ByItemOrWhole_LoadsTheSame() => ForAnySeed(random =>
    {
        var knowledge = new KnowledgeBase();
        knowledge.Observe([.. Enumerable.Range(0, 80).Select(_ => Any(random))]);
        KnowledgeSnapshot expected = knowledge.Publish(_catalog, Start + (40 * Day));

        var byItem = new KnowledgeBase();
        foreach (string id in Enumerable.Range(0, 6).Select(i => $"i{i}").Append("\np0").Append("\np1"))
        {
            if (knowledge.Save(id) is { } saved)
            {
                byItem.Load(id, StoredLearnedItem.Parser.ParseFrom(saved.ToByteArray()));
            }
        }

        AssertSame(expected, byItem.Publish(_catalog, Start + (40 * Day)));
        AssertSame(expected, KnowledgeBase.Load(knowledge.Save()).Publish(_catalog, Start + (40 * Day)));
    });

    [Fact]
    public void Effects_ItemsShownALittleOrNever_NeitherBuriedNorBlownUp()
    {
        // Arrange: twenty items liked by one in ten, of which one by half; a new one liked once of two; one never shown.
        var knowledge = new KnowledgeBase();
        for (int item = 0; item < 20; item++)
        {
            Show(knowledge, $"i{item}", 400, item == 0 ? 200 : 40);
        }

        Show(knowledge, "i20", 2, 1);

        // Act
        PlacementKnowledge known = knowledge.Publish(_catalog, Start).Placements["p0"];

        // Assert
        Assert.Equal(0.12, known.Fit.Rate, 0.01);
        Assert.InRange(Effect(known, 0).Mean, 0.3, 0.4);
        Assert.All(Enumerable.Range(1, 19), i => Assert.InRange(Effect(known, i).Mean, -0.04, 0.01));
        Assert.InRange(Effect(known, 20).Mean, 0, 0.1);
        Assert.InRange(Effect(known, 20).Deviation, 1.5f * Effect(known, 1).Deviation, known.Spread);
        Assert.Equal(default, Effect(known, 21));
    }

    [Fact]
    public void Effects_ItemLikedOnOneChannel_DiffersByChannel()
    {
        var knowledge = new KnowledgeBase();
        for (int item = 0; item < 20; item++)
        {
            Show(knowledge, $"i{item}", 300, item == 0 ? 150 : 30, channel: 1);
            Show(knowledge, $"i{item}", 300, 30, channel: 2);
        }

        PlacementKnowledge known = knowledge.Publish(_catalog, Start).Placements["p0"];

        Assert.True(known.Effects(1).At(0).Mean > known.Effects(2).At(0).Mean + 0.1);
        Assert.InRange(known.Effects(5).At(0).Mean, known.Effects(2).At(0).Mean, known.Effects(1).At(0).Mean);
    }

    [Fact]
    public void Effects_LikedBySomeSegment_DepartThereAndLeaveTheItemAsItIs()
    {
        var knowledge = new KnowledgeBase();
        for (int item = 0; item < 20; item++)
        {
            Show(knowledge, $"i{item}", 200, item == 0 ? 100 : 4 * item, segments: 2);
            Show(knowledge, $"i{item}", 200, item == 0 ? 0 : 4 * item);
        }

        PlacementKnowledge known = knowledge.Publish(_catalog, Start).Placements["p0"];

        Assert.Null(known.Departures(0, isIn: true));
        ItemEffect inside = known.Departures(1, isIn: true)!.At(0), outside = known.Departures(1, isIn: false)!.At(0);
        Assert.InRange(inside.Mean, 0.1f, 0.25f);
        Assert.InRange(outside.Mean, -0.25f, -0.1f);
        Assert.True(inside.Deviation < known.SegmentSpread);
        Assert.Equal(0, known.Departures(1, isIn: true)!.At(10).Mean, 0.03);
        Assert.Equal(0.25, known.Fit.Rate + known.Effects(0).At(0).Mean, 0.05);
    }

    [Fact]
    public void Sums_OldOutcomes_CountLess()
    {
        var knowledge = new KnowledgeBase();
        Show(knowledge, "i0", 100, 90, timeMs: Start - (140 * Day));
        Show(knowledge, "i0", 100, 10);

        Assert.Equal(0.1, knowledge.Publish(_catalog, Start).Placements["p0"].Fit.Rate, 0.02);
    }

    [Fact]
    public void Item_InManyPlacements_StaysWithinItsBound()
    {
        var knowledge = new KnowledgeBase();
        for (int placement = 0; placement < 50; placement++)
        {
            Show(knowledge, "i0", placement + 1, 0, placement: $"p{placement}");
        }

        knowledge.Publish(_catalog, Start);
        StoredLearnedItem saved = knowledge.Save("i0")!;

        Assert.Equal(ItemOutcomes.MostRows, saved.Outcomes.Count);

        // A row's sums, rank, placement and channel; what was shown lately, and its number among such items; a neighbour's count; a published strength.
        int rows = ((sizeof(float) * (ItemLayout.Count + 1)) + 9) * ItemOutcomes.MostRows;
        Assert.True(rows + (8 * YoungShown.Most) + sizeof(int) + (6 * LearnedItem.MostNeighbours) + (8 * SnapshotBuilder.MostStrengths) <= 2048);
    }

    [Fact]
    public void Placements_MoreThanTheBound_AreNotCounted()
    {
        var knowledge = new KnowledgeBase();
        for (int placement = 0; placement < KnowledgeBase.MaxLearningPlacements + 5; placement++)
        {
            Show(knowledge, "i0", 1, 0, placement: $"p{placement}");
        }

        Assert.Equal(KnowledgeBase.MaxLearningPlacements, knowledge.Publish(_catalog, Start).Placements.Count);
        Assert.Equal(5, knowledge.NotTaken);
    }

    [Fact]
    public void Placements_DeletedOrDefinedOtherwise_MakeRoomForOthers()
    {
        // Arrange: as many as there is room for, of which then only the first two are still defined, one of them otherwise.
        var knowledge = new KnowledgeBase();
        knowledge.Define(Learning(Enumerable.Range(0, KnowledgeBase.MaxLearningPlacements)));
        for (int placement = 0; placement < KnowledgeBase.MaxLearningPlacements; placement++)
        {
            Show(knowledge, "i0", 20, 10, placement: $"p{placement}");
        }

        PlacementKnowledge first = knowledge.Publish(_catalog, Start).Placements["p0"];
        knowledge.Define(Learning([0, 1, 1000], conversions: 1));

        // Act
        Show(knowledge, "i0", 20, 10, placement: "p1000");
        KnowledgeSnapshot after = knowledge.Publish(_catalog, Start);

        // Assert
        Assert.Equal(["p0", "p1000"], after.Placements.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first.Fit.Rate, after.Placements["p0"].Fit.Rate);
        Assert.All(knowledge.Save("i0")!.Outcomes, o => Assert.Contains(o.Placement, after.Placements.Keys));
        Assert.Equal(0, knowledge.NotTaken);
    }

    private static PlacementSet Learning(IEnumerable<int> placements, int conversions = -1) => PlacementSet.Empty.With([.. placements.Select(i => new Placement
    {
        PlacementId = $"p{i}",
        Learning = Placement.Types.Learning.Observe,
        Liked = { i == conversions ? [Placement.Types.Liked.Conversion] : Array.Empty<Placement.Types.Liked>() },
    })]);

    [Fact]
    public void Features_PackedAndUnpacked_WithinAStep()
    {
        float[] x = new float[PickFeatures.Count];
        PickFeatures.Unpack(PickFeatures.Pack([-0.5f, 1, 0.1f, 0.1f, 7], place: 2, Start, channel: 2, isPersonal: true, segments: 5), x);

        float[] expected = [1, -0.5f, 0.5f, 0.4f, 1, 1, 0.5f];
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], x[i], 0.5f / 127));
        Assert.Equal([1f, 0f, 1f, 1f, 0f, 1f], x[9..]);
    }

    private static ItemEffect Effect(PlacementKnowledge known, int item) => known.Effects(0).At(_catalog.Ids.Find($"i{item}"));

    private static void Show(KnowledgeBase knowledge, string item, int times, int likes, int channel = 0, long timeMs = Start, string placement = "p0", int segments = 0)
    {
        ulong features = PickFeatures.Pack([0.5f, 0, 0, 0, 0], 0, timeMs, channel, isPersonal: true, segments);
        var shown = new PickObservation(placement, item, timeMs, features, 0.1f, 0.1f, IsShown: true, 0, 0, 0);
        for (int i = 0; i < times; i++)
        {
            knowledge.Observe([shown]);
            if (i < likes)
            {
                knowledge.Observe([shown with { IsShown = false, Liked = 1, Worth = 1, Reward = 1 }]);
            }
        }
    }

    private static PickObservation Any(Random random)
    {
        long time = Start + (random.Next(4) * 100 * Day / 4) + random.Next(1000);
        ulong features = PickFeatures.Pack(
            [(float)(random.NextDouble() - 0.3), random.Next(2), 0.1f, 0, 0], random.Next(3), time, random.Next(3), random.Next(2) == 0, random.Next(8));
        bool shown = random.Next(3) > 0;
        return new PickObservation(
            $"p{random.Next(2)}", $"i{random.Next(6)}", time, features, 0.05f + (0.9f * random.NextSingle()), 0.05f + (0.9f * random.NextSingle()),
            shown, shown ? 0 : 1, shown ? 0 : random.NextSingle(), random.Next(-2, 3));
    }

    private static List<KnowledgeDelta> Deltas(PickObservation[] picks, Random? random)
    {
        KnowledgeGatherer[] processes = [.. Enumerable.Range(0, random is null ? 1 : 3).Select(_ => new KnowledgeGatherer())];
        var deltas = new List<KnowledgeDelta>();
        foreach (PickObservation pick in picks)
        {
            processes[random?.Next(3) ?? 0].Observe([pick]);
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
                while (process.Take(shard, "s", 1, Start) is { } delta)
                {
                    Assert.All(delta.Items, i => Assert.Equal(shard, KnowledgeGatherer.Shard(i.ItemId)));
                    deltas.Add(delta);
                }
            }
        }
    }

    private static string Sum(List<KnowledgeDelta> deltas)
    {
        var sums = new KnowledgeSums();
        deltas.ForEach(sums.Add);
        KnowledgeDelta sum = sums.Take("s", 1, Start, int.MaxValue)!;
        Assert.Equal(0, sums.Size);
        return string.Join('\n', sum.Items
            .SelectMany(i => i.Outcomes.Select(o => $"{i.ItemId} {i.OutcomeEra} {o}"))
            .Order(StringComparer.Ordinal));
    }

    private static void AssertSame(KnowledgeSnapshot expected, KnowledgeSnapshot actual)
    {
        Assert.Equal(expected.Placements.Keys.Order(StringComparer.Ordinal), actual.Placements.Keys.Order(StringComparer.Ordinal));
        foreach ((string placement, PlacementKnowledge a) in expected.Placements)
        {
            PlacementKnowledge b = actual.Placements[placement];
            Assert.Equal(a.Fit.Rate, b.Fit.Rate, 1e-6);
            Assert.Equal(a.Calibration.Error, b.Calibration.Error, 1e-5);
            Assert.Equal(a.ItemSpread, b.ItemSpread, 1e-5);
            Assert.All(Enumerable.Range(0, PickFeatures.Count), i => Assert.Equal(a.Fit.Posterior.Mean[i], b.Fit.Posterior.Mean[i], 1e-5));
            for (int slot = 0; slot < 6; slot++)
            {
                Assert.Equal(a.Effects(1).At(slot).Mean, b.Effects(1).At(slot).Mean, 1e-5);
                Assert.Equal(a.Departures(2, isIn: false)?.At(slot).Mean ?? 0, b.Departures(2, isIn: false)?.At(slot).Mean ?? 0, 1e-5);
            }
        }
    }

    private static void ForAnySeed(Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).QuickCheckThrowOnFailure();
}
