using Footprint.Grid.Engine;
using Footprint.Grid.Gateway.Cluster;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Cluster.Tests.Rpc;

public sealed class WordingForwarderTests
{
    private static readonly Reason _reason = new() { Kind = Reason.Types.Kind.Interest, Key = "golf", Contribution = 1 };
    private static readonly byte[] _picks = new PickContentResponse { DecisionId = "d", Picks = { new Pick { ItemId = "i", Reasons = { _reason } } } }.ToByteArray();
    private static readonly byte[] _ads = new TargetAdsResponse { DecisionId = "d", Picks = { new AdPick { CampaignId = "c", Reasons = { _reason } } } }.ToByteArray();

    [Fact]
    public async Task Pick_NoLanguage_IsTheSameMemory()
    {
        var request = new PickContentRequest { ClientId = "c", Placement = "home" };

        var answer = await Forward(ClientOperation.PickContent, request, _picks);

        Assert.True(answer.Equals((ReadOnlyMemory<byte>)_picks));
    }

    [Theory]
    [InlineData("es-MX,en;q=0.5", "Le interesa golf.")]
    [InlineData("vi", "Bạn quan tâm đến golf.")]
    [InlineData("xx", "You care about golf.")]
    public async Task Decision_InALanguage_SaysItsReasons(string language, string expected)
    {
        var picks = await Forward(ClientOperation.PickContent, new PickContentRequest { Placement = "home", Language = language }, _picks);
        var ads = await Forward(ClientOperation.TargetAds, new TargetAdsRequest { Placement = "top", Language = language }, _ads);

        Assert.Equal(expected, PickContentResponse.Parser.ParseFrom(picks.Span).Picks.Single().Reasons.Single().Text);
        Assert.Equal(expected, TargetAdsResponse.Parser.ParseFrom(ads.Span).Picks.Single().Reasons.Single().Text);
    }

    private static async Task<ReadOnlyMemory<byte>> Forward(ClientOperation operation, IMessage request, byte[] answer) =>
        await new WordingForwarder(new Always(answer)).ForwardAsync(operation, request.ToByteArray(), new CallContext("t", DateTimeOffset.MaxValue, default));

    private sealed class Always(byte[] answer) : IClientForwarder
    {
        public ValueTask<ReadOnlyMemory<byte>> ForwardAsync(ClientOperation operation, ReadOnlyMemory<byte> request, CallContext call) => new(answer);
    }
}
