using Footprint.Grid.Core.Clients;
using Footprint.Grid.V1;
using Channel = Footprint.Grid.V1.FootprintEvent.Types.Channel;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>A shop, a call centre and a screen in a street go by the same rules as a page: what is kept differs in its channel alone.</summary>
public sealed class ChannelTests
{
    public static TheoryData<Channel> Offline => [Channel.Store, Channel.CallCentre, Channel.OutOfHome];

    [Theory]
    [MemberData(nameof(Offline))]
    public void Record_OfflineEvents_TeachAndClimbTheLadderAsThoseOfThePage(Channel channel)
    {
        Profile page = Lived(Channel.Web);
        Profile offline = Lived(channel);

        Assert.Equal([Trust.Inferred, Trust.Confirmed, Trust.Rejected], offline.Interests.OrderBy(i => i.Topic, StringComparer.Ordinal).Select(i => i.Trust));
        Assert.All(offline.Interests.Where(i => i.Trust == Trust.Inferred), i => Assert.Equal(channel, i.Channel));
        Assert.All(offline.TrustHistory, step => Assert.Equal(channel, step.Channel));
        Assert.Equal(WithoutChannels(page), WithoutChannels(offline));
    }

    [Theory]
    [MemberData(nameof(Offline))]
    public void Record_OfflineEventThatNobodyMayKeep_IsRefusedAndNotJournalled(Channel channel)
    {
        var grid = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        foreach (string purpose in TenantWorld.Keeping)
        {
            grid.Consent(client, purpose, Decision.Deny);
        }

        int before = grid.Journal.Count;

        Assert.Equal(Status.Rejected, grid.Record(client, Seen("e1", "chess", channel)).Status);
        Assert.Equal(before, grid.Journal.Count);
    }

    private static Profile Lived(Channel channel)
    {
        var grid = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        foreach (string topic in new[] { "chess", "golf", "ski" })
        {
            grid.Record(client, Seen("before " + topic, topic, channel));
        }

        Answer(grid, client, "golf", ConfirmInterestRequest.Types.Answer.Confirm, channel);
        Answer(grid, client, "ski", ConfirmInterestRequest.Types.Answer.Reject, channel);
        grid.Record(client, Seen("after ski", "ski", channel));
        return client.View(grid.Turn(), new GetProfileRequest { ClientId = "c" });
    }

    private static void Answer(TenantWorld grid, ClientActor client, string topic, ConfirmInterestRequest.Types.Answer answer, Channel channel) =>
        client.ConfirmInterest(grid.Turn(), new ConfirmInterestRequest { Topic = topic, Answer = answer, Channel = channel }, new ConfirmInterestResponse());

    private static FootprintEvent Seen(string id, string topic, Channel channel)
    {
        FootprintEvent e = TenantWorld.Event(id, topic: topic, minutesAgo: 5);
        e.Channel = channel;
        return e;
    }

    private static Profile WithoutChannels(Profile profile)
    {
        Profile same = profile.Clone();
        foreach (Interest interest in same.Interests)
        {
            interest.Channel = default;
        }

        foreach (TrustChange step in same.TrustHistory)
        {
            step.Channel = default;
        }

        return same;
    }
}
