using System.Text.Json;
using Footprint.Grid.V1;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Picks of a placement that explores, the first of each sampled decision liked, held against the decision log that they left.</summary>
internal sealed class LoggedTraffic
{
    // One of 128 is sampled: that none is happens once in six million times.
    private const int Picks = 2_000;
    private readonly Dictionary<string, double> _told = [];

    public async Task SendAsync(WireTarget target)
    {
        using var client = new GrpcClient(target.Grpc, target.Key);
        var items = new UpsertItemsRequest();
        items.Items.AddRange(Enumerable.Range(0, 12).Select(n => new Item { ItemId = $"logged-{n}" }));
        await client.CallAsync("/footprint.grid.v1.Definitions/UpsertItems", items, UpsertItemsResponse.Parser);
        await client.CallAsync(
            "/footprint.grid.v1.Definitions/UpsertPlacements",
            new UpsertPlacementsRequest { Placements = { new Placement { PlacementId = "logged", Learning = Placement.Types.Learning.Explore } } },
            UpsertPlacementsResponse.Parser);
        for (var n = 0; n < Picks; n++)
        {
            var picked = await client.CallAsync(
                "/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { ClientId = "logged", Placement = "logged" }, PickContentResponse.Parser);
            if (picked.Picks[0].Propensity > 0)
            {
                _told.Add(picked.DecisionId, picked.Picks[0].Propensity);
                var liked = new Outcome { ClientId = "logged", DecisionId = picked.DecisionId, ItemId = picked.Picks[0].ItemId, Kind = Outcome.Types.Kind.Click };
                await client.CallAsync("/footprint.grid.v1.Decisions/ReportOutcomes", new ReportOutcomesRequest { Outcomes = { liked } }, ReportOutcomesResponse.Parser);
            }
        }
    }

    /// <summary>After the process has ended, which writes what still waited.</summary>
    public void AssertLogged(string folder)
    {
        var lines = Directory.GetFiles(folder, "default.*.ndjson").SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var decisions = lines.Where(line => line.TryGetProperty("propensity", out _)).ToList();
        var rewarded = lines.Where(line => line.TryGetProperty("reward", out _)).Select(Name).ToHashSet();

        Assert.NotEmpty(_told);
        Assert.Equal(_told.Values.Order(), decisions.Select(line => line.GetProperty("propensity").GetDouble()).Order());
        Assert.Equal(decisions.Select(Name).ToHashSet(), rewarded);
        Assert.All(decisions, line => Assert.StartsWith("logged-", Assert.Single(line.GetProperty("target").EnumerateObject()).Name, StringComparison.Ordinal));
    }

    private static (string? Decision, string? Action) Name(JsonElement line) => (line.GetProperty("decision").GetString(), line.GetProperty("action").GetString());
}
