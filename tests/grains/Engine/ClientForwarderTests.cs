using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Grains.Tests.Engine;

[RequiresTool("redis-server")]
public sealed class ClientForwarderTests : CellWorld
{
    private static CallContext Call => new("default", DateTimeOffset.UtcNow.AddSeconds(30), CancellationToken.None);

    private IClientForwarder Forwarder => Client.GetRequiredService<IClientForwarder>();

    [ToolFact]
    public async Task Forward_StreamOfOneClient_AnswersWithItsSequence()
    {
        StreamResponse one = await StreamAsync(new StreamRequest { Sequence = 7, Ack = RecordRequest.Types.Ack.Durable, Events = { Acts.View("e1"), Acts.View("e2") } });

        Assert.Equal(7UL, one.Sequence);
        Assert.Equal([Status.Durable, Status.Durable], one.Results.Select(r => r.Status));
    }

    [ToolFact]
    public async Task Forward_StreamOfManyClients_KeepsTheOrderAndNamesFaults()
    {
        FootprintEvent bad = Acts.View("e3", "c2");
        bad.Type = "";
        StreamResponse many = await StreamAsync(new StreamRequest
        {
            Sequence = 8,
            Events = { Acts.View("e1", "c1"), Acts.View("e1", "c2"), bad, Acts.View("e1", "c1"), Acts.View("", "c3") },
        });

        Assert.Equal([Status.Applied, Status.Applied, Status.Rejected, Status.Duplicate, Status.Applied], many.Results.Select(r => r.Status));
        Assert.Equal("events[2].type", many.Results[2].Error.Field);
        Assert.NotEmpty(many.Results[4].EventId);
    }

    /// <summary>What is about one client passes unread, but not from who might permit itself something.</summary>
    [ToolTheory]
    [InlineData(ClientOperation.Record)]
    [InlineData(ClientOperation.Stream)]
    public async Task Forward_AnswerToAProbeOfARecipientsKey_IsRefused(ClientOperation operation)
    {
        FootprintEvent yes = Acts.View("e1");
        (yes.Type, yes.Properties["answer"]) = ("probe-answer", "yes");
        byte[] request = operation == ClientOperation.Record
            ? new RecordRequest { Events = { yes } }.ToByteArray()
            : new StreamRequest { Events = { yes } }.ToByteArray();

        ReadOnlyMemory<byte> answer = await Forwarder.ForwardAsync(operation, request, Call with { Recipient = "acme" }).Within("answered");

        RecordResult result = operation == ClientOperation.Record
            ? RecordResponse.Parser.ParseFrom(answer.Span).Results[0]
            : StreamResponse.Parser.ParseFrom(answer.Span).Results[0];
        Assert.Equal("PERMISSION_DENIED", result.Error.Code);
    }

    [ToolFact]
    public async Task Forward_UnderAnOldId_ReachesTheClientItBecame()
    {
        await StreamAsync(new StreamRequest { Events = { Acts.View("e1", "cookie") } });
        IClientEngine clients = Client.GetRequiredService<IClientEngine>();
        await clients.LinkAsync(new LinkRequest { ClientId = "known", AnonymousId = "cookie" }, Call).Within("the clients are linked");

        await StreamAsync(new StreamRequest { Events = { Acts.View("e2", "cookie") } });
        var picking = new PickContentRequest { ClientId = "cookie", Placement = "home" };
        ReadOnlyMemory<byte> pick = await Forwarder.ForwardAsync(ClientOperation.PickContent, picking.ToByteArray(), Call).Within("picked");

        Assert.True(PickContentResponse.Parser.ParseFrom(pick.Span).Personalized);
        Profile profile = await clients.GetProfileAsync(new GetProfileRequest { ClientId = "known" }, Call).Within("read");
        Assert.Equal(2UL, Assert.Single(profile.Counters).Total);
    }

    [ToolFact]
    public async Task Forward_WrongRequest_CrossesWithEveryFault()
    {
        var picking = new PickContentRequest { ClientId = "c1", Count = 1000 };

        GridException e = await Assert.ThrowsAsync<GridException>(
            () => Forwarder.ForwardAsync(ClientOperation.PickContent, picking.ToByteArray(), Call).Within("refused"));

        Assert.Equal(Code.InvalidArgument, e.Code);
        Assert.Equal(["placement", "count"], e.Faults.Select(f => f.Field));
        Assert.All(e.Faults, f => Assert.NotEmpty(f.Limit));
    }

    [ToolTheory]
    [InlineData(ClientOperation.Record)]
    [InlineData(ClientOperation.PickContent)]
    public async Task Forward_NoMessage_IsInvalid(ClientOperation operation)
    {
        GridException e = await Assert.ThrowsAsync<GridException>(
            () => Forwarder.ForwardAsync(operation, new byte[] { 0x0A, 0x7F, 1 }, Call).Within("refused"));

        Assert.Equal(Code.InvalidArgument, e.Code);
    }

    private async Task<StreamResponse> StreamAsync(StreamRequest request) => StreamResponse.Parser.ParseFrom(
        (await Forwarder.ForwardAsync(ClientOperation.Stream, request.ToByteArray(), Call).Within("streamed")).Span);
}
