using System.Net;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Limits;

public sealed class SheddingTests
{
    private const string Pick = "/footprint.grid.v1.Decisions/PickContent";

    [Fact]
    public async Task Rate_Exceeded_ShedWithHintOnBothSidesAndOthersGoOn()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(
            options => options.Limits.Tenants["default"] = new TenantLimitOptions { Rate = 0.5, Burst = 1 }, time);

        var first = await host.Grpc.CallAsync(Pick, new PickContentRequest());
        var second = await host.Grpc.CallAsync(Pick, new PickContentRequest());
        var json = await host.SendAsync(HttpMethod.Get, "/v1/items");
        var other = await host.Grpc.CallAsync(Pick, new PickContentRequest(), key: ApiHost.OtherTenantKey);
        time.Advance(TimeSpan.FromSeconds(2));
        var later = await host.Grpc.CallAsync(Pick, new PickContentRequest());

        Assert.Equal(
            [Code.Ok, Code.ResourceExhausted, Code.Ok, Code.Ok], new[] { first.Code!.Value, second.Code!.Value, other.Code!.Value, later.Code!.Value });
        Assert.Equal(2, second.Details!.Details[0].Unpack<RetryInfo>().RetryDelay.Seconds);
        Assert.Equal(HttpStatusCode.TooManyRequests, json.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), json.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Concurrency_Full_ShedUntilOneEnds(bool global)
    {
        await using var host = await ApiHost.StartAsync(options =>
        {
            options.Limits.Concurrency = global ? 1 : 100;
            options.Limits.TenantConcurrency = global ? 100 : 1;
        });
        var answer = new TaskCompletionSource<PickContentResponse>();
        host.Engine.OnPick = (_, _) => new ValueTask<PickContentResponse>(answer.Task);

        var holding = host.Grpc.CallAsync(Pick, new PickContentRequest());
        Assert.True(SpinWait.SpinUntil(() => host.Engine.Calls.Count == 1, Wait.Limit), "the first call did not arrive");
        var shed = await host.Grpc.CallAsync(Pick, new PickContentRequest());
        answer.SetResult(new PickContentResponse());
        await holding;

        Assert.Equal(Code.ResourceExhausted, shed.Code);
        host.Engine.OnPick = null;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Code.Ok, (await host.Grpc.CallAsync(Pick, new PickContentRequest())).Code);
        }
    }

    [Fact]
    public async Task Shed_BodyNeverSent_AnsweredAllTheSame()
    {
        await using var host = await ApiHost.StartAsync(
            options => options.Limits.Tenants["default"] = new TenantLimitOptions { Rate = 0.001, Burst = 1 });
        await host.Grpc.CallAsync(Pick, new PickContentRequest());

        using var call = await host.Grpc.OpenAsync(Pick);

        Assert.Equal(Code.ResourceExhausted, call.Code);
    }

    [Fact]
    public async Task Streams_TooMany_Shed()
    {
        await using var host = await ApiHost.StartAsync(options => options.Limits.TenantStreams = 1);
        using var held = await host.Grpc.OpenAsync("/footprint.grid.v1.Ingest/Stream");

        var shed = await host.Grpc.CallRawAsync("/footprint.grid.v1.Ingest/Stream", []);

        Assert.Equal(Code.ResourceExhausted, shed.Code);
    }
}
