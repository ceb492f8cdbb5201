using System.Net;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Engine;
using Footprint.Grid.Health.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

public sealed class UnaryTests
{
    private const string Check = "/grpc.health.v1.Health/Check";
    private const string Pick = "/footprint.grid.v1.Decisions/PickContent";
    private const string Record = "/footprint.grid.v1.Ingest/Record";

    [Fact]
    public async Task Call_HandlerAnswersAtOnce_MessageAndStatusOk()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallAsync(Check, new HealthCheckRequest(), key: "");

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, reply.Single<HealthCheckResponse>().Status);
        Assert.False(reply.IsTrailersOnly);
    }

    [Fact]
    public async Task Call_HandlerAnswersLater_MessageAndStatusOk()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnPick = async (_, _) =>
        {
            await Task.Yield();
            return new PickContentResponse { DecisionId = "later" };
        };

        var reply = await host.Grpc.CallAsync(Pick, new PickContentRequest { Placement = "home" });

        Assert.Equal("later", reply.Single<PickContentResponse>().DecisionId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_EngineGivesBytesAtOnceOrNot_AreTheAnswerOrTheMessageIs(bool atOnce)
    {
        await using var host = await ApiHost.StartAsync();
        var request = new PickContentRequest { ClientId = "c", Placement = "home" };
        var asked = 0;
        host.Engine.OnPickAtOnce = (bytes, _) =>
        {
            Interlocked.Increment(ref asked);
            return atOnce && bytes.SequenceEqual(request.ToByteArray()) ? new PickContentResponse { DecisionId = "bytes" }.ToByteArray() : [];
        };

        // Asked is where the end of the request came with it, which is for the network to say.
        for (var calls = 0; calls < 1000 && asked == 0; calls++)
        {
            var reply = await host.Grpc.CallAsync(Pick, request);

            Assert.Equal(atOnce && asked > 0 ? "bytes" : "d1", reply.Single<PickContentResponse>().DecisionId);
        }

        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_PooledAnswer_IsReleasedOnce(bool later)
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnPick = async (_, _) =>
        {
            if (later)
            {
                await Task.Yield();
            }

            return new PickContentResponse();
        };

        for (var i = 0; i < 3; i++)
        {
            (await host.Grpc.CallAsync(Pick, new PickContentRequest { Placement = "home" })).Single<PickContentResponse>();
        }

        Assert.Equal(3, host.Engine.Released);
    }

    [Fact]
    public async Task Call_ManyAtOnceOnOneConnection_EachGetsItsOwnAnswer()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnPick = async (request, _) =>
        {
            await Task.Yield();
            return new PickContentResponse { DecisionId = request.ClientId };
        };

        var ids = Enumerable.Range(0, 300).Select(n => $"client-{n}").ToList();
        var replies = await Task.WhenAll(ids.Select(id => host.Grpc.CallAsync(Pick, new PickContentRequest { ClientId = id, Placement = "p" })));

        Assert.Equal(ids, replies.Select(reply => reply.Single<PickContentResponse>().DecisionId));
    }

    [Fact]
    public async Task Call_UnknownMethod_Unimplemented()
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallAsync("/footprint.grid.v1.Ingest/Nothing", new HealthCheckRequest());

        Assert.Equal(Code.Unimplemented, reply.Code);
        Assert.True(reply.IsTrailersOnly);
        Assert.Equal(HttpStatusCode.OK, reply.Http);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    [InlineData("")]
    public async Task Call_OtherContentType_415(string contentType)
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Check, GrpcClient.Frame([]), contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Http);
        Assert.Empty(reply.Messages);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task Call_ContentTypeWithSuffix_Answered(string contentType)
    {
        await using var host = await ApiHost.StartAsync();

        var reply = await host.Grpc.CallRawAsync(Check, GrpcClient.Frame([]), contentType: contentType);

        Assert.Equal(Code.Ok, reply.Code);
    }

    [Fact]
    public async Task Call_EngineRefuses_StatusMessageAndDetails()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnRecord = (_, _) => throw new GridException(
            [new Fault("events[3].topics[0].weight", "out of range: 100 % ü\n", "0 < weight <= 1000"), new Fault("events[4].type", "missing")]);

        var reply = await host.Grpc.CallAsync(Record, new RecordRequest());

        Assert.Equal(Code.InvalidArgument, reply.Code);
        Assert.Equal("out of range: 100 % ü\n", reply.Message);
        var details = Assert.IsType<Status>(reply.Details);
        Assert.Equal((int)Code.InvalidArgument, details.Code);
        var request = details.Details[0].Unpack<BadRequest>();
        Assert.Equal(["events[3].topics[0].weight", "events[4].type"], request.FieldViolations.Select(violation => violation.Field));
        var error = details.Details[1].Unpack<Error>();
        Assert.Equal(("INVALID_ARGUMENT", "events[3].topics[0].weight", "0 < weight <= 1000"), (error.Code, error.Field, error.Limit));
    }

    [Fact]
    public async Task Call_ThousandFaults_DetailsFitIntoHeaders()
    {
        await using var host = await ApiHost.StartAsync();
        var faults = Enumerable.Range(0, 1000).Select(n => new Fault($"events[{n}].type", new string('x', 500), "1 to 64 bytes")).ToList();
        host.Engine.OnRecord = (_, _) => throw new GridException(faults);

        var reply = await host.Grpc.CallAsync(Record, new RecordRequest());

        Assert.Equal(Code.InvalidArgument, reply.Code);
        Assert.InRange(reply.Details!.CalculateSize(), 500, 6000);
        Assert.Equal("events[0].type", reply.Details.Details[0].Unpack<BadRequest>().FieldViolations[0].Field);
    }

    [Fact]
    public async Task Call_HandlerThrowsUnforeseen_InternalWithoutItsWords()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnPick = (_, _) => throw new InvalidOperationException("secret");

        var reply = await host.Grpc.CallAsync(Pick, new PickContentRequest());
        var next = await host.Grpc.CallAsync(Check, new HealthCheckRequest());

        Assert.Equal(Code.Internal, reply.Code);
        Assert.DoesNotContain("secret", reply.Message, StringComparison.Ordinal);
        Assert.Equal(Code.Ok, next.Code);
    }

    [Fact]
    public async Task Call_LargeAnswer_ArrivesWhole()
    {
        await using var host = await ApiHost.StartAsync();
        var id = new string('d', 3_000_000);
        host.Engine.OnPick = (_, _) => ValueTask.FromResult(new PickContentResponse { DecisionId = id });

        var reply = await host.Grpc.CallAsync(Pick, new PickContentRequest());

        Assert.Equal(id, reply.Single<PickContentResponse>().DecisionId);
    }
}
