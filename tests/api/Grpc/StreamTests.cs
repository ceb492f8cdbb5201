using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

public sealed class StreamTests
{
    private const string Stream = "/footprint.grid.v1.Ingest/Stream";

    [Fact]
    public async Task Stream_EachMessage_OneAckInOrderThenOk()
    {
        await using var host = await ApiHost.StartAsync();
        using var stream = await host.Grpc.OpenAsync(Stream);

        for (ulong n = 1; n <= 200; n++)
        {
            await stream.SendAsync(Message(n));
        }

        stream.CloseSend();
        for (ulong n = 1; n <= 200; n++)
        {
            var ack = await stream.ReadAsync<StreamResponse>();
            Assert.Equal((n, $"e{n}"), (ack!.Sequence, ack.Results.Single().EventId));
        }

        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.Ok, stream.Code);
    }

    [Fact]
    public async Task Stream_FirstAnswerPending_ReadsOnUpToTheWindowAndKeepsOrder()
    {
        await using var host = await ApiHost.StartAsync(options => options.Grpc.StreamWindow = 4);
        var first = new TaskCompletionSource<RecordResponse>();
        host.Engine.OnRecord = (request, _) =>
            request.Events[0].EventId == "e1" ? new ValueTask<RecordResponse>(first.Task) : ValueTask.FromResult(FakeEngine.Accept(request));
        using var stream = await host.Grpc.OpenAsync(Stream);

        for (ulong n = 1; n <= 10; n++)
        {
            await stream.SendAsync(Message(n));
        }

        Assert.True(SpinWait.SpinUntil(() => host.Engine.Calls.Count == 4, Wait.Limit), "the host did not read on");
        var reading = stream.ReadAsync<StreamResponse>();
        Assert.False(reading.IsCompleted);
        Assert.Equal(4, host.Engine.Calls.Count);
        first.SetResult(new RecordResponse());

        Assert.Equal(1UL, (await reading)!.Sequence);
        for (ulong n = 2; n <= 10; n++)
        {
            Assert.Equal(n, (await stream.ReadAsync<StreamResponse>())!.Sequence);
        }
    }

    [Fact]
    public async Task Stream_HandlerFails_EarlierAcksThenItsStatus()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnRecord = (request, _) => request.Events[0].EventId == "e2"
            ? throw new GridException(Code.Unavailable, "The store is down.")
            : ValueTask.FromResult(FakeEngine.Accept(request));
        using var stream = await host.Grpc.OpenAsync(Stream);

        await stream.SendAsync(Message(1));
        Assert.Equal(1UL, (await stream.ReadAsync<StreamResponse>())!.Sequence);
        await stream.SendAsync(Message(2));

        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.Unavailable, stream.Code);
    }

    [Fact]
    public async Task Stream_MalformedMessage_EarlierAcksThenInvalidArgument()
    {
        await using var host = await ApiHost.StartAsync();
        using var stream = await host.Grpc.OpenAsync(Stream);

        await stream.SendRawAsync([.. GrpcClient.Frame(Message(1)), 9, 0, 0, 0, 0]);

        Assert.Equal(1UL, (await stream.ReadAsync<StreamResponse>())!.Sequence);
        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.InvalidArgument, stream.Code);
    }

    [Fact]
    public async Task Stream_EndsWithinAFrame_InvalidArgument()
    {
        await using var host = await ApiHost.StartAsync();
        using var stream = await host.Grpc.OpenAsync(Stream);

        await stream.SendRawAsync([0, 0, 0]);
        stream.CloseSend();

        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.InvalidArgument, stream.Code);
    }

    [Fact]
    public async Task Stream_ItsOwnTimeout_DeadlineExceeded()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);
        using var stream = await host.Grpc.OpenAsync(Stream, headers => headers.TryAddWithoutValidation("grpc-timeout", "90S"));

        await time.ArmedAsync(TimeSpan.FromSeconds(90));
        time.Advance(TimeSpan.FromSeconds(90));

        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.DeadlineExceeded, stream.Code);
    }

    [Fact]
    public async Task Stream_ProcessShutsDown_TakenMessagesAreAckedThenUnavailable()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = new TaskCompletionSource<RecordResponse>();
        host.Engine.OnRecord = (_, _) => new ValueTask<RecordResponse>(answer.Task);
        using var stream = await host.Grpc.OpenAsync(Stream);
        await stream.SendAsync(Message(1));
        Assert.True(SpinWait.SpinUntil(() => host.Engine.Calls.Count == 1, Wait.Limit), "the message did not arrive");

        var stopping = host.StopAsync();
        Assert.True(SpinWait.SpinUntil(() => host.Serving.IsDraining, Wait.Limit), "the host did not drain");
        Assert.Equal("shutting down", host.Serving.NotReady);
        answer.SetResult(new RecordResponse());

        Assert.Equal(1UL, (await stream.ReadAsync<StreamResponse>())!.Sequence);
        Assert.Null(await stream.ReadAsync<StreamResponse>());
        Assert.Equal(Code.Unavailable, stream.Code);
        await stopping;
    }

    [Fact]
    public async Task Stream_FasterThanTheRate_SlowedNotBroken()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(
            options => options.Limits.Tenants["default"] = new Api.Limits.TenantLimitOptions { Rate = 10, Burst = 1 }, time);
        using var stream = await host.Grpc.OpenAsync(Stream);

        await stream.SendAsync(Message(1));
        await stream.SendAsync(Message(2));
        await time.ArmedAsync(TimeSpan.FromMilliseconds(100));
        Assert.Single(host.Engine.Calls);
        time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(1UL, (await stream.ReadAsync<StreamResponse>())!.Sequence);
        Assert.Equal(2UL, (await stream.ReadAsync<StreamResponse>())!.Sequence);
    }

    [Fact]
    public async Task Draining_NewCall_Unavailable()
    {
        await using var host = await ApiHost.StartAsync();
        host.Serving.BeginDrain();

        var unary = await host.Grpc.CallAsync("/footprint.grid.v1.Decisions/PickContent", new PickContentRequest());
        var json = await host.SendAsync(HttpMethod.Get, "/v1/items");

        Assert.Equal(Code.Unavailable, unary.Code);
        Assert.Equal(503, (int)json.StatusCode);
        Assert.Empty(host.Engine.Calls);
    }

    private static StreamRequest Message(ulong sequence) =>
        new() { Sequence = sequence, Events = { new FootprintEvent { EventId = $"e{sequence}" } } };
}
