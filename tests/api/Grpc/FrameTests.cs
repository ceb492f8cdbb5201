using System.IO.Compression;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

public sealed class FrameTests
{
    private const string Record = "/footprint.grid.v1.Ingest/Record";

    [Fact]
    public async Task Body_Empty_Unimplemented()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, []);

        Assert.Equal(Code.Unimplemented, reply.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Body_TwoMessages_RefusedAndNothingDone()
    {
        await using var host = await ApiHost.StartAsync();
        var frame = GrpcClient.Frame(new RecordRequest());

        var reply = await host.Grpc.CallRawAsync(Record, [.. frame, .. frame]);

        Assert.Equal(Code.Unimplemented, reply.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1, 2 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0xff, 0xff })]
    public async Task Body_Malformed_InvalidArgument(byte[] body)
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, body);

        Assert.Equal(Code.InvalidArgument, reply.Code);
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Body_BadProtobuf_NamesTheMessage()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame([0x12, 0x7f, 1]));

        Assert.Contains("footprint.grid.v1.RecordRequest", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Length_OverTheLimit_RefusedBeforeTheBytesCome()
    {
        await using var host = await ApiHost.StartAsync(options => options.MaxMessageBytes = 2048);

        // Only the header is ever sent: the answer cannot have waited for the rest.
        using var call = await host.Grpc.OpenAsync("/footprint.grid.v1.Ingest/Stream");
        await call.SendRawAsync([0, 0, 0, 8, 1]);

        Assert.Null(await call.ReadAsync<StreamResponse>());
        Assert.Equal(Code.ResourceExhausted, call.Code);
    }

    [Fact]
    public async Task Message_AtTheLimit_AnsweredAndOneMoreRefused()
    {
        await using var host = await ApiHost.StartAsync(options => options.MaxMessageBytes = 2048);

        var within = await host.Grpc.CallAsync(Record, Sized(2048));
        var over = await host.Grpc.CallAsync(Record, Sized(2049));

        Assert.Equal(Code.Ok, within.Code);
        Assert.Equal(Code.ResourceExhausted, over.Code);
        Assert.Contains("2048", over.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_Request_Understood()
    {
        await using var host = await ApiHost.StartAsync();
        var request = new RecordRequest { Events = { new FootprintEvent { EventId = "e1" } } };

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame(Pack(request.ToByteArray()), flag: 1), Encoded("gzip"));

        Assert.Equal("e1", reply.Single<RecordResponse>().Results[0].EventId);
    }

    [Fact]
    public async Task Gzip_EncodingNamedButFlagUnset_TakenAsPlain()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame(new RecordRequest()), Encoded("gzip"));

        Assert.Equal(Code.Ok, reply.Code);
    }

    [Fact]
    public async Task Gzip_Bomb_StopsAtTheLimit()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame(Pack(new byte[64 * 1024 * 1024]), flag: 1), Encoded("gzip"));

        Assert.Equal(Code.ResourceExhausted, reply.Code);
    }

    [Fact]
    public async Task Gzip_NotGzip_InvalidArgument()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame([1, 2, 3, 4], flag: 1), Encoded("gzip"));

        Assert.Equal(Code.InvalidArgument, reply.Code);
    }

    [Fact]
    public async Task Compressed_WithoutEncoding_Internal()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame([1, 2, 3, 4], flag: 1));

        Assert.Equal(Code.Internal, reply.Code);
    }

    [Fact]
    public async Task Encoding_Unknown_UnimplementedAndSaysWhatIs()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Record, GrpcClient.Frame([], flag: 1), Encoded("snappy"));

        Assert.Equal(Code.Unimplemented, reply.Code);
        Assert.Equal("identity,gzip", string.Join(",", reply.Headers.GetValues("grpc-accept-encoding")).Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("identity,deflate,gzip", 20_000, 1)]
    [InlineData("identity,deflate,gzip", 100, 0)]
    [InlineData("identity", 20_000, 0)]
    public async Task Answer_GzipAccepted_OnlyWhenLarge(string accepts, int size, byte flag)
    {
        await using var host = await ApiHost.StartAsync();
        var id = new string('d', size);
        host.Engine.OnPick = (_, _) => ValueTask.FromResult(new PickContentResponse { DecisionId = id });

        var reply = await host.Grpc.CallAsync(
            "/footprint.grid.v1.Decisions/PickContent", new PickContentRequest(), headers => headers.TryAddWithoutValidation("grpc-accept-encoding", accepts));

        var message = Assert.Single(reply.Messages);
        Assert.Equal(flag, message.Flag);
        var bytes = flag == 1 ? Unpack(message.Bytes) : message.Bytes;
        Assert.Equal(id, PickContentResponse.Parser.ParseFrom(bytes).DecisionId);
    }

    private static Action<System.Net.Http.Headers.HttpRequestHeaders> Encoded(string name) =>
        headers => headers.TryAddWithoutValidation("grpc-encoding", name);

    private static RecordRequest Sized(int bytes)
    {
        var request = new RecordRequest { Events = { new FootprintEvent { EventId = "x" } } };
        while (request.CalculateSize() < bytes)
        {
            request.Events[0].EventId += new string('x', bytes - request.CalculateSize() > 8 ? bytes - request.CalculateSize() - 6 : 1);
        }

        Assert.Equal(bytes, request.CalculateSize());
        return request;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static byte[] Unpack(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var stream = new MemoryStream();
        gzip.CopyTo(stream);
        return stream.ToArray();
    }
}
