using Footprint.Grid.Core.Clients;
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

        IEnumerable<string> picked = grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "home", Count = 100 }).Picks.Select(p => p.ItemId);

        Assert.Equal(items.Except(spent), picked.Order());
    }).QuickCheckThrowOnFailure();
}
