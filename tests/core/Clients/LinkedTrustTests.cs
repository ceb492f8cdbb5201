using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>The steps that trust takes when two clients become one.</summary>
public sealed class LinkedTrustTests
{
    private static readonly string[] _names = ["golf", "ski", "chess"];
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Link_OnesWordOverTheOthers_IsAStepOfThatTime()
    {
        ClientActor known = TenantWorld.NewClient();
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(known, TenantWorld.Event("e1", topic: "golf"));
        _grid.Record(cookie, Seen("e2", topic: "golf"));
        _grid.Record(known, Seen("e3", topic: "ski"));
        Say(known, "ski", Answer.Confirm, TenantWorld.Now + 1);
        Say(cookie, "ski", Answer.Reject, TenantWorld.Now + 2);
        _grid.Record(known, Stated("e4"));
        _grid.Record(cookie, Stated("e5"));
        cookie.ConfirmInterest(_grid.Turn(TenantWorld.Now + 3), new ConfirmInterestRequest { Trait = "city", Answer = Answer.Reject }, new());

        known.Link(_grid.Turn(TenantWorld.Now + 10), cookie);
        known.Link(_grid.Turn(TenantWorld.Now + 20), cookie);

        string[] steps = [.. known.Profile.TrustHistory.All.Select(s => $"{s.Topic}{s.Trait}: {s.From} {s.To} {s.Source} {s.TimeMs - TenantWorld.Now}")];
        Assert.Equal(
            [
                "ski: Inferred Confirmed confirm 1", "ski: Inferred Rejected confirm 2", "city: Inferred Rejected confirm 3",
                "city: Inferred Rejected link 10", "ski: Confirmed Rejected link 10",
            ],
            steps);
        Assert.Null(SameProfile.Difference(known.Profile, _grid.Replay(known).Profile));
        Assert.Contains(known.View(_grid.Turn(), new GetProfileRequest()).TrustHistory, s => s is { Source: "link", Topic: "ski" });
    }

    /// <summary>
    /// From each state that either had of what both knew to the one that holds there is a step, whichever became a part of the
    /// other, and nothing else of the two differs.
    /// </summary>
    [Fact]
    public void Link_AnyTwoEitherWay_SameStepsAndOneForEachStateThatDidNotHold() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        ClientActor[] linked = [.. new[] { false, true }.Select(isTurned =>
        {
            var random = new Random(seed);
            ClientActor one = Any(random, "one");
            ClientActor other = Any(random, "other");
            (ClientActor known, ClientActor cookie) = isTurned ? (other, one) : (one, other);
            var before = _names.ToDictionary(name => name, name => (Trust(known, name), Trust(cookie, name)));
            known.Link(_grid.Turn(TenantWorld.Now + 1000), cookie);
            foreach ((string name, (Trust? mine, Trust? theirs)) in before)
            {
                Trust? holds = Trust(known, name);
                string[] expected = mine is null || theirs is null || mine == theirs ? [] : [$"{(mine == holds ? theirs : mine)} {holds}"];
                Assert.Equal(expected, known.Profile.TrustHistory.All.Where(s => s.Topic == name && s.Source == "link").Select(s => $"{s.From} {s.To}"));
            }

            return known;
        })];

        Assert.Equal(linked[0].Profile.TrustHistory.All, linked[1].Profile.TrustHistory.All);
    }).QuickCheckThrowOnFailure();

    private static Trust? Trust(ClientActor client, string topic) =>
        client.Profile.Interests.Find(topic) is >= 0 and var at ? client.Profile.Interests[at].Trust : null;

    private static FootprintEvent Seen(string id, string topic)
    {
        FootprintEvent e = TenantWorld.Event(id, topic: topic);
        e.ClientId = "cookie";
        return e;
    }

    private static FootprintEvent Stated(string id)
    {
        FootprintEvent e = TenantWorld.Event(id);
        e.Traits.Add(new TraitValue { Name = "city", Value = "Lyon" });
        return e;
    }

    private ClientActor Any(Random random, string id)
    {
        ClientActor client = TenantWorld.NewClient(id);
        foreach (string name in _names.Where(_ => random.Next(4) > 0))
        {
            _grid.Record(client, TenantWorld.Event($"{id} {name}", topic: name));
            for (int i = random.Next(3); i > 0; i--)
            {
                Say(client, name, random.Next(2) == 0 ? Answer.Confirm : Answer.Reject, TenantWorld.Now + random.Next(5));
            }
        }

        return client;
    }

    private void Say(ClientActor client, string topic, Answer answer, long nowMs) =>
        client.ConfirmInterest(_grid.Turn(nowMs), new ConfirmInterestRequest { Topic = topic, Answer = answer }, new ConfirmInterestResponse());
}
