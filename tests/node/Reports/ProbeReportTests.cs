using System.Text.Json.Nodes;

namespace Footprint.Grid.Node.Tests.Reports;

/// <summary>From the question over the answer to the report, on a running node, over JSON with curl.</summary>
public sealed class ProbeReportTests : IDisposable
{
    private const int Minimum = 10;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("curl")]
    public async Task Probe_AskedAndAnswered_IsReportedRoundedAndOnlyWithTheScope()
    {
        var settings = new NodeSettings
        {
            Data = _folder.Path,
            Environment = new Dictionary<string, string>
            {
                ["FOOTPRINT_TENANTS__0__NAME"] = "default",
                ["FOOTPRINT_TENANTS__0__MINIMUMAUDIENCE"] = $"{Minimum}",
            },
        };
        WireTarget target = settings.Target;
        await using (NodeProcess node = await NodeProcess.StartAsync(settings))
        {
            await Curl.JsonAsync(target, "PUT", "/v1/probes", """
                {"probes":[{"probeId":"follow","topics":["*"],"placements":["home"],"purposes":["advertising"],"textVersion":"v1",
                "texts":[{"language":"en","question":"Do you follow {topic}?","reward":"Scores on your home page"},{"language":"es","question":"¿Sigues el {topic}?"}]}]}
                """);
            for (int i = 0; i < Minimum + 3; i++)
            {
                await AskAndAnswerAsync(target, $"p{i}", i < Minimum ? "yes" : "no");
            }

            // An orderly end hands on all that was counted, so that the report may be asked for right after it.
            Assert.Equal(0, await node.TerminateAsync());
        }

        await using NodeProcess again = await NodeProcess.StartAsync(settings);
        JsonNode report = await Curl.JsonAsync(target, "GET", "/v1/reports/probes");
        JsonNode golf = Assert.Single(report["topics"]!.AsArray())!["clients"]!;
        Assert.Equal(($"{Minimum}", $"{Minimum}", "0"), (Value(golf["probed"]), Value(golf["confirmed"]), Value(golf["rejected"])));
        Assert.Equal($"{Minimum}", Value(report["movedClients"]));
        Assert.Equal(Minimum, (int)report["publication"]!["minimumAudience"]!);

        await AskAndAnswerAsync(target, "one-more", "yes");
        Assert.Equal(report.ToJsonString(), (await Curl.JsonAsync(target, "GET", "/v1/reports/probes")).ToJsonString());
        Assert.Equal(401, (await Curl.SendAsAsync(null, target, "GET", "/v1/reports/probes")).Status);
    }

    private static string Value(JsonNode? count) => (string?)count?["value"] ?? "0";

    private static async Task AskAndAnswerAsync(WireTarget target, string client, string answer)
    {
        string views = string.Join(',', Enumerable.Range(0, 4).Select(i =>
            $$"""{"eventId":"{{client}}-{{i}}","clientId":"{{client}}","type":"view","topics":[{"topic":"golf","weight":1}]}"""));
        await Curl.JsonAsync(target, "POST", "/v1/events", $$"""{"events":[{{views}}]}""");
        JsonNode pick = await Curl.JsonAsync(target, "POST", "/v1/decisions/content", $$"""
            {"clientId":"{{client}}","placement":"home","context":{"attributes":{"language":"es-MX"} } }
            """);
        Assert.Equal("¿Sigues el golf?", (string?)pick["probe"]!["question"]);
        string permit = answer == "yes" ? ",\"permit\":\"advertising\"" : "";
        JsonNode recorded = await Curl.JsonAsync(target, "POST", "/v1/events", $$"""
            {"ack":"DURABLE","events":[{"clientId":"{{client}}","type":"probe-answer","channel":"STORE","topics":[{"topic":"golf","weight":1}],
            "properties":{"probe":"follow","answer":"{{answer}}"{{permit}}} }]}
            """);
        Assert.Equal("DURABLE", (string?)recorded["results"]![0]!["status"]);
        JsonNode profile = await Curl.JsonAsync(target, "GET", $"/v1/clients/{client}");
        Assert.Equal(answer == "yes" ? "CONFIRMED" : "REJECTED", (string?)profile["interests"]![0]!["trust"]);
    }
}
