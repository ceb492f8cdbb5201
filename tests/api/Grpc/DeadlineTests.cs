using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

public sealed class DeadlineTests
{
    private const string Pick = "/footprint.grid.v1.Decisions/PickContent";

    [Theory]
    [InlineData("8H", 8 * 3600_000.0)]
    [InlineData("3M", 180_000)]
    [InlineData("2S", 2_000)]
    [InlineData("250m", 250)]
    [InlineData("500u", 0.5)]
    [InlineData("99999999H", 40 * 24 * 3600_000.0)]
    [InlineData("100n", 0.0001)]
    public async Task Timeout_Given_IsTheEnginesDeadline(string header, double milliseconds)
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);

        var reply = await host.Grpc.CallAsync(Pick, new PickContentRequest(), headers => headers.TryAddWithoutValidation("grpc-timeout", header));

        Assert.Equal(Code.Ok, reply.Code);
        Assert.Equal(time.GetUtcNow().AddTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)), host.Engine.Calls.Single().Call.Deadline);
    }

    [Fact]
    public async Task Timeout_Absent_DefaultOfThirtySeconds()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);

        await host.Grpc.CallAsync(Pick, new PickContentRequest());

        Assert.Equal(time.GetUtcNow().AddSeconds(30), host.Engine.Calls.Single().Call.Deadline);
    }

    [Theory]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5x")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    public async Task Timeout_Malformed_InvalidArgument(string header)
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallAsync(Pick, new PickContentRequest(), headers => headers.TryAddWithoutValidation("grpc-timeout", header));

        Assert.Equal(Code.InvalidArgument, reply.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Handler_TooSlow_DeadlineExceededAndAnswerStillReleased()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);
        var answer = new TaskCompletionSource<PickContentResponse>();
        host.Engine.OnPick = (_, _) => new ValueTask<PickContentResponse>(answer.Task);

        var calling = host.Grpc.CallAsync(Pick, new PickContentRequest(), headers => headers.TryAddWithoutValidation("grpc-timeout", "5S"));
        // Armed by whoever waits: for the body, or for the handler. The clock moves only when the handler runs.
        await Wait.For(Task.Run(() => SpinWait.SpinUntil(() => !host.Engine.Calls.IsEmpty, Wait.Limit)), "call of the handler");
        await time.ArmedAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        var reply = await Retry(time, calling);
        answer.SetResult(new PickContentResponse());

        Assert.Equal(Code.DeadlineExceeded, reply.Code);
        Assert.True(SpinWait.SpinUntil(() => host.Engine.Released == 1, Wait.Limit), "the late answer was not released");
    }

    [Fact]
    public async Task Body_NeverComes_DeadlineExceeded()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);

        var calling = host.Grpc.OpenAsync(Pick, headers => headers.TryAddWithoutValidation("grpc-timeout", "7S"));
        await time.ArmedAsync(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));
        using var call = await calling;

        Assert.Equal(Code.DeadlineExceeded, call.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Theory]
    [InlineData(Pick)]
    [InlineData("/footprint.grid.v1.Ingest/Stream")]
    public async Task Timer_RingsBeforeTheDeadline_DeadlineIsKeptAllTheSame(string path)
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);

        var calling = host.Grpc.OpenAsync(path, headers => headers.TryAddWithoutValidation("grpc-timeout", "7S"));
        await time.ArmedAsync(TimeSpan.FromSeconds(7));
        time.RingEarly();
        await time.ArmedAsync(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));

        using var call = await calling;
        Assert.Null(await call.ReadAsync<StreamResponse>());
        Assert.Equal(Code.DeadlineExceeded, call.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Caller_GoesAway_HandlerIsTold()
    {
        await using var host = await ApiHost.StartAsync();
        var told = new TaskCompletionSource();
        host.Engine.OnRecord = async (request, call) =>
        {
            await using var registration = call.Cancelled.Register(told.SetResult);
            await told.Task;
            return FakeEngine.Accept(request);
        };

        var stream = await host.Grpc.OpenAsync("/footprint.grid.v1.Ingest/Stream");
        await stream.SendAsync(new StreamRequest { Sequence = 1 });
        Assert.True(SpinWait.SpinUntil(() => host.Engine.Calls.Count == 1, Wait.Limit), "the message did not arrive");
        stream.Response.Dispose();

        await Wait.For(told.Task, "word to the handler that its caller went away");
        stream.Dispose();
    }

    // The handler's timer may have been armed just after the clock moved; then it moves once more.
    private static async Task<GrpcReply> Retry(ManualTime time, Task<GrpcReply> calling)
    {
        while (!calling.IsCompleted)
        {
            await Task.WhenAny(calling, Task.Delay(TimeSpan.FromMilliseconds(50)));
            time.Advance(TimeSpan.FromSeconds(5));
        }

        return await calling;
    }
}
