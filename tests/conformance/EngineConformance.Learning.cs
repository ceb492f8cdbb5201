using System.Collections.Concurrent;
using Footprint.Grid.V1;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Learning_ItemLikedByEverybody_IsPickedFirst()
    {
        // Arrange: five items alike, of which one is clicked whenever it is shown.
        await DefineItemsAsync(items: [.. Enumerable.Range(0, 5).Select(i => ($"i{i}", "golf"))]);
        var placement = new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore };
        await Definitions.UpsertPlacementsAsync(new UpsertPlacementsRequest { Placements = { placement } }, Call()).Within("defined");
        for (int n = 0; n < 60; n++)
        {
            string client = $"v{n}";
            await ApplyAsync(Event(client, $"e{n}"));
            PickContentResponse shown = await PickAsync(client, count: 5);
            await ReportAsync(client, shown.DecisionId, "i3");
        }

        // Act, Assert: the next decision of anybody, a moment later.
        await ApplyAsync(Event("c1", "e-last"));
        await Patience.Until(
            async () =>
            {
                Pick best = (await PickAsync("c1", count: 5)).Picks[0];
                return best.ItemId == "i3" && best.Reasons.Any(r => r.Kind == Reason.Types.Kind.Learned && r.Contribution > 0);
            },
            "what everybody clicked is picked first, for what was learned");
    }

    [ToolFact]
    public async Task Learning_ActAfterAct_GoesWithItInTheDecisionsOfOthers()
    {
        // Arrange: somebody has to do with an item that goes with nothing so far.
        await DefineItemsAsync(items: [("a", "golf"), ("b", "chess"), ("c", "chess")]);
        await ApplyAsync(Event("other", "e1", item: "a"));
        Assert.DoesNotContain((await PickAsync("other")).Picks, GoesWithOthers);

        // Act: one client has to do with it and then with another.
        await ApplyAsync(Event("c1", "e2", item: "a", minutesAgo: 2), Event("c1", "e3", item: "b"));

        // Assert: nobody has to do anything more for that to be known.
        await Patience.Until(async () => (await PickAsync("other")).Picks.Any(p => p.ItemId == "b" && GoesWithOthers(p)), "what came after an item goes with it");
        Assert.DoesNotContain((await PickAsync("other")).Picks, p => p.ItemId == "c" && GoesWithOthers(p));

        static bool GoesWithOthers(Pick pick) => pick.Reasons.Any(r => r.Kind == Reason.Types.Kind.CoVisit && r.Contribution > 0);
    }

    [ToolFact]
    public async Task Learning_AdRespondedToByManyOrFew_IsPredictedSo()
    {
        Campaign[] campaigns = [new Campaign { CampaignId = "clicked", Bid = 1 }, new Campaign { CampaignId = "seen", Bid = 1 }];
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaigns } }, Call()).Within("defined");
        var placement = new Placement { PlacementId = "top", Learning = Placement.Types.Learning.Observe };
        await Definitions.UpsertPlacementsAsync(new UpsertPlacementsRequest { Placements = { placement } }, Call()).Within("defined");
        for (int n = 0; n < 20; n++)
        {
            string client = $"v{n}";
            await StoreAsync(Event(client, $"e{n}"));
            await AdAsync(client, "seen");
            TargetAdsResponse shown = await AdAsync(client, "clicked");
            var click = new Outcome { OutcomeId = $"o{n}", DecisionId = shown.DecisionId, ClientId = client, CampaignId = "clicked", Kind = Outcome.Types.Kind.Click, Time = Ago(0) };
            await Clients.ReportOutcomesAsync(new ReportOutcomesRequest { Outcomes = { click } }, Call()).Within("the outcome is taken");
        }

        await StoreAsync(Event("c1", "e-last"));
        await Patience.Until(
            async () => (await AdAsync("c1", "clicked")).Picks[0].PredictedResponse > 0.03 && (await AdAsync("c1", "seen")).Picks[0] is { PredictedResponse: > 0.01 and < 0.06 },
            "what everybody clicked is predicted to be responded to");
        Assert.Equal("clicked", (await AdAsync("c1")).Picks[0].CampaignId);
    }

    [ToolFact]
    public async Task Learning_ItemsLikedByMostOrFew_GetCalibratedPercentagesNearTheTruth()
    {
        // Arrange: of ten items half are liked by nine in ten, half by one in twenty. What is asked for nobody teaches nothing.
        await DefineLearningAsync(Placement.Types.Learning.Observe);
        int visitors = 0;
        Pick[] last = [];

        // Act: others come until percentages are called calibrated, half as many as before each time, once what those did is learned:
        // what was stated before anything was known counts against it for long.
        await Patience.Until(
            async () =>
            {
                int more = Math.Max(20, visitors / 2);
                last = await LikeAsync(visitors, more, ShareOf);
                visitors += more;
                string before = await PopularityAsync();
                await ApplyAsync(Event("c1", $"e-{visitors}", item: "i0"));
                await Patience.Until(async () => await PopularityAsync() != before, "what was done last is learned");
                return last.All(p => p.Calibrated);
            },
            "percentages are calibrated",
            seconds: 2 * Patience.Seconds);

        // Assert: no sooner than after a thousand picks.
        Assert.InRange(visitors, 120, int.MaxValue);
        Assert.InRange(last.Where(p => ShareOf(p.ItemId) > 50).Average(p => p.MatchPercent), 85, 95);
        Assert.InRange(last.Where(p => ShareOf(p.ItemId) < 50).Average(p => p.MatchPercent), 2, 10);

        async Task<string> PopularityAsync() => string.Join(
            ' ', (await PickAsync("")).Picks.SelectMany(p => p.Reasons).Where(r => r.Kind == Reason.Types.Kind.Popularity).Select(r => r.Contribution));
        static int ShareOf(string item) => string.CompareOrdinal(item, "i5") < 0 ? 90 : 5;
    }

    [ToolFact]
    public async Task Learning_EverythingLikedByThreeInTen_IsNeverCalledCalibrated()
    {
        await DefineLearningAsync();
        for (int visitors = 0; visitors < 150; visitors += 10)
        {
            Assert.DoesNotContain(await LikeAsync(visitors, 10, _ => 30), p => p.Calibrated);
            await ApplyAsync(Event("c1", $"e-{visitors}"));
        }

        await Patience.Until(async () => (await PickAsync("")).Picks.Any(p => p.Reasons.Any(r => r.Kind == Reason.Types.Kind.Learned)), "outcomes are learned");
        Assert.DoesNotContain((await PickAsync("c1")).Picks, p => p.Calibrated);
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Learning_NoPersonalAnswerAndGoneFromMemory_OutcomeFindsItsPick(bool isStranger)
    {
        // Arrange: whom nothing is known of, and who lets nothing personal be shown.
        await DefineLearningAsync(Placement.Types.Learning.Observe);
        if (!isStranger)
        {
            await StoreAsync(Event("c1", "e1"));
            await ConsentAsync("c1", "personalization", Consent.Types.Decision.Deny);
        }

        // Act
        PickContentResponse shown = await PickAsync("c1");
        await Harness.RestartAsync().Within("the engine comes back");
        await ReportAsync("c1", shown.DecisionId, "i3");

        // Assert
        Assert.False(shown.Personalized);
        ExportResponse export = await Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("the export is made");
        var remembered = export.Stored.Fields["shownPicks"].ListValue.Values.Select(v => v.StructValue.Fields).ToList();
        Assert.Equal(10, remembered.Count);
        Assert.Equal("i3", Assert.Single(remembered, pick => pick["outcomes"].NumberValue > 0)["itemId"].StringValue);
    }

    [ToolFact]
    public async Task Learning_StrangerOfWhomNothingMayBeKept_StaysOne()
    {
        await DefineItemsAsync(StrictTenant, [("i1", "golf")]);
        var placement = new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore };
        await Definitions.UpsertPlacementsAsync(new UpsertPlacementsRequest { Placements = { placement } }, Call(StrictTenant)).Within("defined");

        PickContentResponse shown = await PickAsync("c1", StrictTenant);

        Assert.Single(shown.Picks);
        await ThrowsAsync(Google.Rpc.Code.NotFound, () => ProfileAsync("c1", StrictTenant));
    }

    private async Task DefineLearningAsync(Placement.Types.Learning learning = Placement.Types.Learning.Explore)
    {
        await DefineItemsAsync(items: [.. Enumerable.Range(0, 10).Select(i => ($"i{i}", "golf"))]);
        await DefinePlacementAsync(new Placement { PlacementId = "home", Learning = learning });
    }

    // Each of so many visitors, some of them at once, is shown ten items, and likes each with the chance that is said in percent; gives what all were shown.
    private async Task<Pick[]> LikeAsync(int first, int count, Func<string, int> share)
    {
        var all = new ConcurrentBag<Pick>();
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (visitor, _) =>
        {
            string client = $"v{visitor}";
            await ApplyAsync(Event(client, $"e{visitor}"));
            PickContentResponse shown = await PickAsync(client);
            foreach (Pick pick in shown.Picks)
            {
                all.Add(pick);
            }

            var chance = new Random(visitor);
            string[] liked = [.. shown.Picks.Select(p => p.ItemId).Order(StringComparer.Ordinal).Where(item => chance.Next(100) < share(item))];
            if (liked.Length > 0)
            {
                await ReportAsync(client, shown.DecisionId, liked);
            }
        }).Within("visitors like what they are shown");
        return [.. all];
    }

    private Task<TargetAdsResponse> AdAsync(string client, params string[] campaigns) => Clients.TargetAdsAsync(
        new TargetAdsRequest { ClientId = client, Placement = "top", Campaigns = { campaigns } }, Call()).Within("the ad is targeted");

    [ToolFact]
    public async Task Learning_ItemsLikedOnOneChannelEach_ArePickedFirstThere()
    {
        await DefineItemsAsync(items: [.. Enumerable.Range(0, 5).Select(i => ($"i{i}", "golf"))]);
        await DefinePlacementAsync(new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore });
        FootprintEvent.Types.Channel[] channels = [FootprintEvent.Types.Channel.Web, FootprintEvent.Types.Channel.Store];
        for (int n = 0; n < 80; n++)
        {
            string client = $"v{n}";
            await ApplyAsync(Event(client, $"e{n}"));
            PickContentResponse shown = await PickOnAsync(client, channels[n % 2]);
            await ReportAsync(client, shown.DecisionId, n % 2 == 0 ? "i1" : "i3");
        }

        await ApplyAsync(Event("c1", "e-last"));
        await Patience.Until(
            async () => (await PickOnAsync("c1", channels[0])).Picks[0].ItemId == "i1" && (await PickOnAsync("c1", channels[1])).Picks[0].ItemId == "i3",
            "what is clicked on a channel is picked first there");
    }

    private async Task<PickContentResponse> PickOnAsync(string client, FootprintEvent.Types.Channel channel)
    {
        var request = new PickContentRequest { ClientId = client, Placement = "home", Context = new Context { Channel = channel } };
        PickContentResponse response = await Clients.PickContentAsync(request, Call()).Within("the pick is answered");
        PickContentResponse copy = response.Clone();
        Clients.Release(response);
        return copy;
    }

    private async Task ReportAsync(string client, string decision, params string[] items)
    {
        var request = new ReportOutcomesRequest();
        request.Outcomes.AddRange(items.Select(item => new Outcome
        {
            OutcomeId = $"{decision}/{item}",
            DecisionId = decision,
            ClientId = client,
            ItemId = item,
            Kind = Outcome.Types.Kind.Click,
            Time = Ago(0),
        }));
        ReportOutcomesResponse response = await Clients.ReportOutcomesAsync(request, Call()).Within("the outcomes are taken");
        Assert.All(response.Results, result => Assert.Equal(RecordResult.Types.Status.Applied, result.Status));
    }
}
