using System.Net;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.Health.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Health;

public sealed class HealthTests
{
    private const string Check = "/grpc.health.v1.Health/Check";

    [Theory]
    [InlineData("", HealthCheckResponse.Types.ServingStatus.NotServing)]
    [InlineData("footprint.grid.v1.Ingest", HealthCheckResponse.Types.ServingStatus.NotServing)]
    [InlineData("grpc.health.v1.Health", HealthCheckResponse.Types.ServingStatus.Serving)]
    public async Task Check_EngineNotReady_ItsServicesAreNotServing(string service, HealthCheckResponse.Types.ServingStatus expected)
    {
        await using var host = await ApiHost.StartAsync(engine: new FakeEngine { NotReady = "the store is down" });

        var reply = await host.Grpc.CallAsync(Check, new HealthCheckRequest { Service = service }, key: "");

        Assert.Equal(expected, reply.Single<HealthCheckResponse>().Status);
    }

    [Fact]
    public async Task Check_UnknownService_NotFound()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(Code.NotFound, (await host.Grpc.CallAsync(Check, new HealthCheckRequest { Service = "x.Y" }, key: "")).Code);
    }

    [Fact]
    public async Task Watch_ReadinessChanges_SaidOnceEach()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);
        using var watch = await host.Grpc.OpenAsync(
            "/grpc.health.v1.Health/Watch", key: "", first: GrpcClient.Frame(new HealthCheckRequest()));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        host.Engine.NotReady = "down";
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        host.Engine.NotReady = null;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        host.Serving.BeginDrain();
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        Assert.Null(await watch.ReadAsync<HealthCheckResponse>());
        Assert.Equal(Code.Unavailable, watch.Code);
    }

    [Fact]
    public async Task Http_LiveAndReady_SayWhyNot()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.NotReady = "the store \"x\" is down";

        var live = await host.SendAsync(HttpMethod.Get, "/health/live");
        var ready = await host.SendAsync(HttpMethod.Get, "/health/ready");
        host.Engine.NotReady = null;
        var again = await host.SendAsync(HttpMethod.Get, "/health/ready");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (live.StatusCode, ready.StatusCode, again.StatusCode));
        Assert.Equal("the store \"x\" is down", (string?)JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["reason"]);
    }
}
