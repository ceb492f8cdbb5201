using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class SpentItemTests
{
    private static readonly string[] _types = ["view", "click", "like", "purchase", "dislike", "review", "conversion"];
    private static readonly HashSet<string> _spending = ["purchase", "dislike", "review", "conversion", "dismissal"];

    [Fact]
    public void Pick_AnyActsAndOutcomes_LeavesOutWhatIsBoughtOrDismissedAndNothingElse() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        string[] items = [.. Enumerable.Range(0, 20).Select(i => $"i{i:00}")];
        grid.Items([.. items.Select(i => TenantWorld.Item(i, $"t{random.Next(4)}"))]);
        ClientActor client = TenantWorld.NewClient();
        var spent = new HashSet<string>();
        for (int i = random.Next(1, 30); i > 0; i--)
        {
            string item = items[random.Next(items.Length)];
            if (random.Next(4) == 0)
            {
                var outcome = new Footprint.Grid.V1.Outcome { OutcomeId = $"o{i}", ItemId = item, Kind = Footprint.Grid.V1.Outcome.Types.Kind.Dismissal, Time = TenantWorld.At(TenantWorld.Now) };
                client.ReportOutcome(grid.Turn(), outcome, new RecordResult());
                spent.Add(item);
                continue;
            }

            string type = _types[random.Next(_types.Length)];
            grid.Record(client, TenantWorld.Event($"e{i}", type, item, minutesAgo: random.Next(10_000)));
            if (_spending.Contains(type))
            {
                spent.Add(item);
            }
        }

        // What was done since is not known by the catalog's numbers yet when the turn comes too late.
        client = random.Next(2) == 0 ? client : ClientActor.Load(client.Key, client.Checkpoint(), []);
        long deadlineMs = random.Next(2) == 0 ? long.MaxValue : TenantWorld.Now - 1;
        IEnumerable<string> picked = grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 100 }, deadlineMs).Picks.Select(p => p.ItemId);

        Assert.Equal(items.Except(spent), picked.Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pick_HundredsOfActsLater_WhatIsBoughtOrDismissedStaysOut() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        string[] items = [.. Enumerable.Range(0, 600).Select(i => $"i{i:000}")];
        grid.Items([.. items.Select(i => TenantWorld.Item(i, $"t{random.Next(4)}"))]);
        ClientActor client = TenantWorld.NewClient();
        var spent = new HashSet<string>();
        int acts = random.Next(300, 900);
        for (int i = 0; i < acts; i++)
        {
            // Views come later than anything that spends, and there are more of them than are kept.
            bool spends = random.Next(4) == 0 && spent.Count < ProfileLimits.SpentItems;
            string item = items[random.Next(items.Length)];
            string type = spends ? "purchase" : _types[random.Next(3)];
            grid.Record(client, TenantWorld.Event($"e{i}", type, item, minutesAgo: spends ? 10_000 + random.Next(10_000) : random.Next(10_000)));
            if (spends)
            {
                spent.Add(item);
            }
        }

        client = random.Next(2) == 0 ? client : ClientActor.Load(client.Key, client.Checkpoint(), []);
        var request = new PickContentRequest { ClientId = "c", Placement = "home", Count = 100, Candidates = { items.OrderBy(i => spent.Contains(i) ? 0 : 1).Take(450) } };
        IEnumerable<string> picked = grid.Pick(client, request, random.Next(2) == 0 ? long.MaxValue : TenantWorld.Now - 1).Picks.Select(p => p.ItemId);

        Assert.Empty(picked.Intersect(spent));
        Assert.InRange(client.Profile.RecentItems.Count, spent.Count, ProfileLimits.RecentItems + ProfileLimits.SpentItems);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Pick_PastTheDeadlineForARecipient_LeavesOutWhatIsBoughtWhereThatIsOnRecord()
    {
        var grid = new TenantWorld();
        grid.Items(TenantWorld.Item("i0"), TenantWorld.Item("i1"));
        ClientActor client = TenantWorld.NewClient();
        var request = new PickContentRequest { ClientId = "c", Placement = "home", Recipient = "acme" };
        grid.Record(client, TenantWorld.Event("e0"));
        grid.Pick(client, request, TenantWorld.Now - 1);
        Assert.True(client.Profile.Disclosures.IsEmpty);
        grid.Record(client, TenantWorld.Event("e1", "purchase", "i1"));

        PickContentResponse picked = grid.Pick(client, request, TenantWorld.Now - 1);

        Assert.Equal((Fallback.Types.Reason.Deadline, "i0"), (picked.Fallback, Assert.Single(picked.Picks).ItemId));
        Assert.False(client.Profile.Disclosures.IsEmpty);
    }

    [Fact]
    public void Pick_MoreBoughtThanAreKept_TheLatestStayOutAndViewsKeepTheirPlaces()
    {
        var grid = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        int bought = ProfileLimits.SpentItems + 50;
        grid.Items([.. Enumerable.Range(0, bought).Select(i => TenantWorld.Item($"i{i}"))]);
        grid.Record(client, TenantWorld.Event("view", "view", "seen", minutesAgo: 5000));
        for (int i = 0; i < bought; i++)
        {
            grid.Record(client, TenantWorld.Event($"e{i}", "purchase", $"i{i}", minutesAgo: bought - i));
        }

        IEnumerable<string> picked = grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 100 }).Picks.Select(p => p.ItemId);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"i{i}").Order(), picked.Order());
        Assert.Contains(ProfileCodec.Save(client.Profile).RecentItems, i => i.ItemId == "seen");
    }
}
