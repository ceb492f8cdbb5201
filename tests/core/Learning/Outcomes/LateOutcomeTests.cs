using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What was shown so lately that it may still be liked.</summary>
public sealed class LateOutcomeTests
{
    private const long Start = 1_767_000_000_000;
    private const long Hour = 3_600_000;
    private const int Late = 30;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([.. Enumerable.Range(0, 3).Select(i => new Item { ItemId = $"i{i}" })]);
    private static readonly ulong _features = PickFeatures.Pack([0.5f, 0, 0, 0, 0], 0, 0, 1, isPersonal: true);

    [Fact]
    public void Publish_LikesComeThirtyHoursLate_WhatIsTooYoungIsNoNegative()
    {
        var knowledge = new KnowledgeBase();
        Play(o => knowledge.Observe([o]));

        PlacementKnowledge known = knowledge.Publish(_catalog, Start + (60 * Hour)).Placements["p"];

        // Of the picks one in five is liked; counted in full it would be one in twelve, and of the new item none.
        Assert.InRange(known.Fit.Rate, 0.17, 0.24);
        Assert.InRange(known.Calibration.Chance(0.2f), 0.17, 0.24);
        Assert.InRange(known.Effects(1).At(1).Mean, -0.02f, 0.02f);
    }

    [Fact]
    public void Publish_LongAfterwards_EveryPickCountsInFull()
    {
        var knowledge = new KnowledgeBase();
        Play(o => knowledge.Observe([o]));
        knowledge.Publish(_catalog, Start + (60 * Hour));

        PlacementKnowledge known = knowledge.Publish(_catalog, Start + (300 * Hour)).Placements["p"];

        Assert.InRange(known.Fit.Rate, 0.05, 0.13);
        Assert.InRange(known.Effects(1).At(1).Mean, -0.2f, -0.03f);
    }

    [Fact]
    public void Publish_GatheredByOthersOrLoaded_TheSame()
    {
        var alone = new KnowledgeBase();
        Play(o => alone.Observe([o]));
        PlacementKnowledge expected = alone.Publish(_catalog, Start + (60 * Hour)).Placements["p"];
        KnowledgeBase together = Gathered();

        var byItem = new KnowledgeBase();
        foreach (string id in new[] { "i0", "i1", "\np" })
        {
            // Folded once more, as who adds entries to what is stored does.
            var fold = new KnowledgeBase();
            fold.Load(id, StoredLearnedItem.Parser.ParseFrom(together.Save(id)!.ToByteArray()));
            byItem.Load(id, fold.Save(id)!);
            byItem.Load(id, fold.Save(id)!);
        }

        AssertSame(expected, together);
        AssertSame(expected, byItem);
        AssertSame(expected, KnowledgeBase.Load(alone.Save()));
    }

    [Fact]
    public void TakenBack_YoungPicks_LeaveWhatWasThere()
    {
        var knowledge = new KnowledgeBase();
        var other = new KnowledgeBase();
        Play(o => knowledge.Observe([o]));
        Play(o => other.Observe([o]));
        PickObservation shown = Shown("i1", 55);
        PickObservation liked = shown with { Liked = 1, Worth = 1, Reward = 1, Delay = OutcomeDelays.Of(2 * Hour) };
        other.Observe([shown, shown, liked with { IsShown = false }]);
        other.Publish(_catalog, Start + (58 * Hour));
        other.Observe([shown with { IsTakenBack = true }, liked with { IsTakenBack = true }]);

        AssertSame(knowledge.Publish(_catalog, Start + (60 * Hour)).Placements["p"], other);
    }

    [Fact]
    public void Ads_ResponsesComeThirtyHoursLate_ANewCampaignIsNotBuried()
    {
        var knowledge = new KnowledgeBase();
        Play(o => knowledge.Observe([o with { Placement = AdKey.Of(o.Placement), ItemId = AdKey.Of(o.ItemId) }]));

        AdRates rates = knowledge.Publish(_catalog, Start + (60 * Hour)).Ads;

        // Stated are one in five, and so it is.
        Assert.InRange(rates.Of("i0", "p", 0).Mean, 0.85, 1.2);
        Assert.InRange(rates.Of("i1", "p", 0).Mean, 0.85, 1.2);
    }

    [Fact]
    public void Ads_NothingShownForDays_WhatWasShownCountsAllTheSame()
    {
        var knowledge = new KnowledgeBase();
        Play(o => knowledge.Observe([o with { Placement = AdKey.Of(o.Placement), ItemId = AdKey.Of(o.ItemId) }]));
        Assert.InRange(knowledge.Publish(_catalog, Start + (60 * Hour)).Ads.Of("i1", "p", 0).Mean, 0.85, 1.2);

        AdRates rates = knowledge.Publish(_catalog, Start + (300 * Hour)).Ads;

        // Four hundred times, and nobody responded.
        Assert.InRange(rates.Of("i1", "p", 0).Mean, 0, 0.3);
    }

    [Fact]
    public void DelayCurve_HalfOfThePicksTooYoung_IsThatOfTheOthers()
    {
        // Exponential with a mean of ten hours, as of 20 hours of picks: long delays are seen of the oldest alone.
        const double Mean = 600, Span = 1200;
        double[] likes = new double[OutcomeDelays.Count];
        double[] exposed = new double[OutcomeDelays.Count];
        for (int k = 0; k < likes.Length; k++)
        {
            exposed[k] = Math.Clamp(1 - ((OutcomeDelays.Start(k) + OutcomeDelays.End(k)) / 2 / Span), 0, 1);
            likes[k] = 1000 * exposed[k] * (Through(OutcomeDelays.End(k)) - Through(OutcomeDelays.Start(k)));
        }

        var curve = DelayCurve.Of(likes, exposed);

        Assert.All([60.0, 300, 600, 900], age => Assert.Equal(Through(age) / Through(Span), curve.At(age), 0.06));
        Assert.Equal(1, curve.At(OutcomeDelays.MostMinutes));

        static double Through(double minutes) => 1 - Math.Exp(-minutes / Mean);
    }

    [Fact]
    public void DelayCurve_NothingLiked_IsOne() => Assert.Equal(1, DelayCurve.Of(new double[OutcomeDelays.Count], new double[OutcomeDelays.Count]).At(0));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(59_999, 0)]
    [InlineData(60_000, 1)]
    [InlineData(120_000, 3)]
    [InlineData(7 * 24 * Hour, 27)]
    [InlineData(100 * 24 * Hour, 27)]
    public void OutcomeDelays_AnyDelay_HasItsNumber(long delayMs, int number) => Assert.Equal(number, OutcomeDelays.Of(delayMs));

    [Fact]
    public void Slots_ADayOfMinutes_AreFewAndLoseNoPickAndNoMoreThanAQuarterOfTheirAge()
    {
        var young = new YoungPicks();
        double[] sums = new double[PlacementLayout.Count];
        sums[PlacementLayout.Products] = 1;
        const int Minutes = 1440;
        for (int minute = 0; minute < Minutes; minute++)
        {
            young.Add(minute, sums, 1);
            young.Settle(minute);
        }

        var saved = new StoredOutcomes();
        young.Save(saved);

        Assert.Equal(Minutes, saved.Young.Sum());
        Assert.InRange(saved.Young.Count, 10, 60);
        Assert.All(saved.YoungMinutes.Zip(saved.Young), s => Assert.InRange(s.Second, 1, Math.Max(1, (Minutes - s.First) / 2.0)));
    }

    // For forty hours one item, then another, twenty picks an hour; every fifth is liked, thirty hours later.
    private static void Play(Action<PickObservation> observe)
    {
        for (int hour = 0; hour < 60; hour++)
        {
            for (int n = 0; n < 20; n++)
            {
                observe(Shown(hour < 40 ? "i0" : "i1", hour));
                if (hour >= Late && n % 5 == 0)
                {
                    observe(Shown("i0", hour - Late) with { IsShown = false, Liked = 1, Worth = 1, Reward = 1, Delay = OutcomeDelays.Of(Late * Hour) });
                }
            }
        }
    }

    private static PickObservation Shown(string item, int hour) =>
        new("p", item, Start + (hour * Hour), _features, 0.2f, 0.2f, IsShown: true, 0, 0, 0);

    private static KnowledgeBase Gathered()
    {
        var knowledge = new KnowledgeBase();
        KnowledgeGatherer[] processes = [new(), new(), new()];
        ulong entry = 0;
        int next = 0;
        Play(o =>
        {
            KnowledgeGatherer process = processes[next++ % 3];
            process.Observe([o]);
            if (next % 7 == 0)
            {
                Flush(process);
            }
        });
        Array.ForEach(processes, Flush);
        return knowledge;

        void Flush(KnowledgeGatherer process)
        {
            process.Gather();
            for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
            {
                while (process.Take(shard, "s", 1, Start + (60 * Hour)) is { } delta)
                {
                    knowledge.Apply(delta, ++entry);
                    knowledge.Apply(delta, entry);
                }
            }
        }
    }

    private static void AssertSame(PlacementKnowledge expected, KnowledgeBase knowledge)
    {
        PlacementKnowledge actual = knowledge.Publish(_catalog, Start + (60 * Hour)).Placements["p"];
        Assert.Equal(expected.Fit.Rate, actual.Fit.Rate, 0.003);
        Assert.Equal(expected.Effects(1).At(0).Mean, actual.Effects(1).At(0).Mean, 0.003);
        Assert.Equal(expected.Effects(1).At(1).Mean, actual.Effects(1).At(1).Mean, 0.003);
    }
}
