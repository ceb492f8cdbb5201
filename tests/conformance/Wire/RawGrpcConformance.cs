using Footprint.Grid.Conformance.Processes;
using Footprint.Grid.Health.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>What only a client that controls every byte can ask: here nobody but the server can end a call.</summary>
public abstract class RawGrpcConformance
{
    /// <summary>What is spoken to; tests use client ids of their own.</summary>
    protected abstract WireTarget Target { get; }

    [Fact]
    public async Task Deadline_OfAWatch_IsKeptByTheServer()
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);

        var reply = await client.TryAsync("/grpc.health.v1.Health/Watch", new HealthCheckRequest(), "300m");

        Assert.Equal(Code.DeadlineExceeded, reply.Code);
    }

    [Fact]
    public async Task Deadline_OfAnIdleStream_IsKeptByTheServer()
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);
        using var stream = client.Open("/footprint.grid.v1.Ingest/Stream", "300m");

        var message = await stream.ReadAsync(StreamResponse.Parser).Within("the server ends the stream");

        Assert.Null(message);
        Assert.Equal(Code.DeadlineExceeded, (await stream.StatusAsync().Within("a status")).Code);
    }

    [Theory]
    [InlineData("/footprint.grid.v1.Ingest/NoSuchMethod", Code.Unimplemented)]
    [InlineData("/no.such.Service/Method", Code.Unimplemented)]
    public async Task Method_ThatIsNotThere_IsUnimplemented(string method, Code expected)
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);

        var reply = await client.TryAsync(method, new GetProfileRequest());

        Assert.Equal(expected, reply.Code);
    }

    [Fact]
    public async Task Encoding_ThatIsUnknown_IsUnimplemented()
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);

        var reply = await client.SendAsync("/grpc.health.v1.Health/Check", GrpcFrames.Frame([], flags: 1), encoding: "brotli-of-tomorrow").Within("an answer");

        Assert.Equal(Code.Unimplemented, reply.Code);
    }

    [Fact]
    public async Task Fields_ThatThisVersionDoesNotKnow_AreIgnoredInGrpc()
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);
        var request = new RecordRequest { Events = { new FootprintEvent { ClientId = "raw-future", Type = "view" } } };
        byte[] future = [.. request.ToByteArray(), 0xFA, 0x7F, 0x03, (byte)'n', (byte)'e', (byte)'w'];

        var reply = await client.SendAsync("/footprint.grid.v1.Ingest/Record", GrpcFrames.Frame(future)).Within("an answer");

        Assert.Equal(Code.Ok, reply.Code);
        Assert.Equal(RecordResult.Types.Status.Applied, Assert.Single(RecordResponse.Parser.ParseFrom(reply.Body).Results).Status);
    }

    [Fact]
    public async Task Stream_WithABadMessage_EndsWithItsFaultAfterTheAcksBefore()
    {
        using var client = new GrpcClient(Target.Grpc, Target.Key);
        using var stream = client.Open("/footprint.grid.v1.Ingest/Stream");
        await stream.WriteAsync(new StreamRequest { Sequence = 1, Events = { new FootprintEvent { ClientId = "raw-bad", Type = "view" } } });
        await stream.WriteRawAsync(GrpcFrames.Frame([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));

        var ack = await stream.ReadAsync(StreamResponse.Parser).Within("the first ack");
        var end = await stream.ReadAsync(StreamResponse.Parser).Within("the end of the stream");
        var status = await stream.StatusAsync().Within("a status");

        Assert.Equal(1ul, ack!.Sequence);
        Assert.Null(end);
        Assert.Equal(Code.InvalidArgument, status.Code);
    }
}
