using System.Text.Json.Nodes;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Tests.Privacy;

public sealed class PrivacySignalTests
{
    private const string Event = """{"events":[{"clientId":"c","type":"view"}]}""";

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("true", false)]
    [InlineData("1, 1", false)]
    [InlineData(null, false)]
    public async Task SecGpc_OverJson_IsASignalWhenItIsOne(string? value, bool expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = ApiHost.Body(Event) };
        if (value is not null)
        {
            request.Headers.Add("Sec-GPC", value);
        }

        using var response = await Wait.For(host.Json.SendAsync(request), "answer");

        Assert.Equal(expected, host.Engine.Calls.Single().Call.HasPrivacySignal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData(null, false)]
    public async Task SecGpc_OverGrpc_IsASignalOfACallAndOfAStream(string? value, bool expected)
    {
        await using var host = await ApiHost.StartAsync();
        Action<System.Net.Http.Headers.HttpRequestHeaders> headers = h => _ = value is not null && h.TryAddWithoutValidation("sec-gpc", value);

        await host.Grpc.CallAsync("/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { Placement = "p" }, headers);
        using var stream = await host.Grpc.OpenAsync("/footprint.grid.v1.Ingest/Stream", headers);
        await stream.SendAsync(new StreamRequest { Sequence = 1 });
        await stream.ReadAsync<StreamResponse>();

        Assert.Equal([expected, expected], host.Engine.Calls.Select(c => c.Call.HasPrivacySignal));
    }

    [Fact]
    public async Task GpcStatement_IsServedToEverybody()
    {
        await using var host = await ApiHost.StartAsync();
        using var anybody = new HttpClient { BaseAddress = host.Json.BaseAddress };

        using var response = await Wait.For(anybody.GetAsync("/.well-known/gpc.json"), "statement");
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True((bool)json["gpc"]!);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", (string)json["lastUpdate"]!);
    }
}
