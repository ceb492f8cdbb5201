using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What the client says about what is known of it.</summary>
public sealed class AnswerTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Fact]
    public void ConfirmInterest_ByTelephone_IsInTheHistoryWithItsChannelAndWhoTookItDown()
    {
        Observe("city");

        Say(new ConfirmInterestRequest { Topic = "golf", Answer = Answer.Reject, Channel = FootprintEvent.Types.Channel.CallCentre, Source = "desk" });
        Say(new ConfirmInterestRequest { Trait = "city", Answer = Answer.Confirm, Channel = FootprintEvent.Types.Channel.Store, Source = "till" });
        Say(new ConfirmInterestRequest { Topic = "tea", Answer = Answer.Confirm });

        Assert.Equal(
            ["golf Inferred Rejected desk CallCentre", "city Inferred Confirmed till Store", "tea Inferred Confirmed confirm Unspecified"],
            View().TrustHistory.Select(c => $"{c.Topic}{c.Trait} {c.From} {c.To} {c.Source} {c.Channel}").OrderBy(c => c[0] == 't' ? 2 : c[0] == 'c' ? 1 : 0));
    }

    [Fact]
    public void ConfirmInterest_RejectedTrait_HasNoValueToConfirm()
    {
        Observe("city");
        Say(new ConfirmInterestRequest { Trait = "city", Answer = Answer.Reject });
        ulong version = _client.Profile.Version;

        GridException refused = Assert.Throws<GridException>(() => Say(new ConfirmInterestRequest { Trait = "city", Answer = Answer.Confirm }));

        Assert.Equal((Code.FailedPrecondition, version), (refused.Code, _client.Profile.Version));
        Assert.Equal((Trust.Rejected, ""), (View().Traits.Single().Trust, View().Traits.Single().Value));
    }

    [Theory]
    [InlineData("channel", 7, "")]
    [InlineData("source", 1, "0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Check_ConfirmInterestSaidInAnUnknownWay_NamesTheField(string field, int channel, string source)
    {
        var request = new ConfirmInterestRequest { ClientId = "c", Topic = "golf", Answer = Answer.Confirm, Channel = (FootprintEvent.Types.Channel)channel, Source = source };

        GridException refused = Assert.Throws<GridException>(() => RequestValidator.Check(request));

        Assert.Equal(field, Assert.Single(refused.Faults).Field);
    }

    private void Observe(string trait)
    {
        FootprintEvent e = TenantWorld.Event("e1", topic: "golf");
        e.Traits.Add(new TraitValue { Name = trait, Value = "Lyon", Category = "location" });
        _grid.Record(_client, e);
    }

    private void Say(ConfirmInterestRequest request) => _client.ConfirmInterest(_grid.Turn(), request, new ConfirmInterestResponse());

    private Profile View() => _client.View(_grid.Turn(), new GetProfileRequest());
}
