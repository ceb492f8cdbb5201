using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Cluster.Tests.Security;

/// <summary>A key that acts for one recipient, through a gateway: also where requests pass on unread.</summary>
[Collection(RunningClusterGroup.Name)]
public sealed class RecipientKeyTests(RunningCluster running)
{
    public static TheoryData<string, string> Operations => new()
    {
        { "Decisions/PickContent", "CONTENT_PICKS" },
        { "Decisions/TargetAds", "ADS" },
        { "Profiles/GetProfile", "PROFILE" },
        { "Profiles/Export", "EXPORT" },
    };

    [ProgramTheory(RedisProcess.Program)]
    [MemberData(nameof(Operations))]
    public async Task Grpc_WithTheKeyOfARecipient_IsForThatOneAndOnRecord(string operation, string kind)
    {
        var client = "told-by-" + operation.Replace('/', '-');
        using var http = new HttpClient { BaseAddress = running.Cluster.Target().Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Of(Scope.Admin));
        using var recorded = await http.PostAsync("/v1/events", new StringContent(
            $$"""{"events":[{"clientId":"{{client}}","type":"view","topics":[{"topic":"golf","weight":1}]}]}""", System.Text.Encoding.UTF8, "application/json"))
            .Within("an event is recorded");

        Assert.Equal(Code.Ok, await AskAsync(operation, client, ""));
        Assert.Equal(Code.Ok, await AskAsync(operation, client, TestKeys.Recipient));
        Assert.Equal(Code.PermissionDenied, await AskAsync(operation, client, "another"));

        var own = JsonNode.Parse(await http.GetStringAsync($"/v1/clients/{client}").Within("the client's own view is read"))!;
        var told = Assert.Single(own["disclosures"]!.AsArray())!;
        Assert.Equal((TestKeys.Recipient, kind, "2"), ((string?)told["recipient"], (string?)told["kind"], (string?)told["count"]));
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task Grpc_WithTheKeyOfARecipient_NothingOfTheClientsOwn() =>
        Assert.Equal(Code.PermissionDenied, await SendAsync("Profiles/SetConsents", new SetConsentsRequest { ClientId = "c", Country = "ES" }));

    /// <summary>An answer to a question is the client's word, by which it permits things: no recipient says it for the client.</summary>
    [ProgramFact(RedisProcess.Program)]
    public async Task Grpc_WithTheKeyOfARecipient_RecordsEventsButNoAnswersToProbes()
    {
        const string Client = "answered-for";
        var viewed = new FootprintEvent { ClientId = Client, EventId = "seen", Type = "view", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } };
        var answer = new FootprintEvent
        {
            ClientId = Client,
            EventId = "said",
            Type = "probe-answer",
            Topics = { new TopicWeight { Topic = "chess", Weight = 1 } },
            Properties = { ["answer"] = "no" },
        };

        using var grpc = new GrpcClient(running.Cluster.Target().Grpc, TestKeys.OfRecipient);
        var reply = await grpc.SendAsync(
            "/footprint.grid.v1.Ingest/Record", GrpcFrames.Frame(new RecordRequest { Events = { viewed, answer } }.ToByteArray()), "10S").Within("events are answered");

        using var http = new HttpClient { BaseAddress = running.Cluster.Target().Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Of(Scope.Admin));
        var own = await http.GetStringAsync($"/v1/clients/{Client}").Within("the client's own view is read");
        Assert.Equal(Code.Ok, reply.Code);
        Assert.Equal([RecordResult.Types.Status.Applied, RecordResult.Types.Status.Rejected], RecordResponse.Parser.ParseFrom(reply.Body!).Results.Select(r => r.Status));
        Assert.Contains("golf", own, StringComparison.Ordinal);
        Assert.DoesNotContain("chess", own, StringComparison.Ordinal);
    }

    private Task<Code> AskAsync(string operation, string client, string recipient) => SendAsync(operation, operation.Split('/')[1] switch
    {
        "PickContent" => new PickContentRequest { ClientId = client, Placement = "home", Recipient = recipient },
        "TargetAds" => new TargetAdsRequest { ClientId = client, Placement = "top", Recipient = recipient },
        "GetProfile" => new GetProfileRequest { ClientId = client, Recipient = recipient },
        _ => new ExportRequest { ClientId = client, Recipient = recipient },
    });

    private async Task<Code> SendAsync(string operation, IMessage request)
    {
        using var client = new GrpcClient(running.Cluster.Target().Grpc, TestKeys.OfRecipient);
        var reply = await client.SendAsync("/footprint.grid.v1." + operation, GrpcFrames.Frame(request.ToByteArray()), "10S").Within($"{operation} answers");
        return reply.Code;
    }
}
