using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Probes;
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
        foreach ((string id, ClientActor client) in new[] { ("e4", known), ("e5", cookie) })
        {
            _grid.Record(client, Stated(id, client));
            Say(client, "golf", Answer.Confirm, TenantWorld.Now);
            client.ConfirmInterest(_grid.Turn(TenantWorld.Now + 1), new ConfirmInterestRequest { Trait = "city", Answer = Answer.Confirm }, new());
        }

        cookie.ConfirmInterest(_grid.Turn(TenantWorld.Now + 3), new ConfirmInterestRequest { Trait = "city", Answer = Answer.Reject }, new());

        known.Link(_grid.Turn(TenantWorld.Now + 10), cookie);
        known.Link(_grid.Turn(TenantWorld.Now + 20), cookie);

        string[] steps = [.. known.Profile.TrustHistory.All.Select(s => $"{s.Topic}{s.Trait}: {s.From} {s.To} {s.Source} {s.TimeMs - TenantWorld.Now}")];
        Assert.Equal(
            [
                "golf: Inferred Confirmed confirm 0", "golf: Inferred Confirmed confirm 0", "city: Inferred Confirmed confirm 1", "city: Inferred Confirmed confirm 1",
                "ski: Inferred Confirmed confirm 1", "ski: Inferred Rejected confirm 2", "city: Confirmed Rejected confirm 3",
                "city: Confirmed Rejected link 10", "ski: Confirmed Rejected link 10",
            ],
            steps);
        Assert.Null(SameProfile.Difference(known.Profile, _grid.Replay(known).Profile));
        Assert.Contains(known.View(_grid.Turn(), new GetProfileRequest()).TrustHistory, s => s is { Source: "link", Topic: "ski" });
    }

    [Fact]
    public void Link_OnesWordOverWhatWasInferredOfTheOther_IsNoStepOfItsOwn()
    {
        ClientActor known = TenantWorld.NewClient();
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(known, TenantWorld.Event("e1", topic: "golf"));
        Say(cookie, "golf", Answer.Confirm, TenantWorld.Now + 1);

        known.Link(_grid.Turn(TenantWorld.Now + 10), cookie);

        Assert.Equal("confirm", Assert.Single(known.Profile.TrustHistory.All).Source);
    }

    [Fact]
    public void Link_BothWereAskedAboutIt_IsOneStepOfTheLastTime()
    {
        var grid = new ProbeWorld();
        ClientActor known = TenantWorld.NewClient();
        ClientActor cookie = TenantWorld.NewClient("cookie");
        foreach (ClientActor client in new[] { cookie, known })
        {
            grid.NowMs += ProbeWorld.DayMs;
            grid.View(client, "golf", 9);
            Assert.NotNull(grid.Pick(client));
        }

        known.Link(grid.Turn, cookie);

        Assert.Equal(grid.NowMs, Assert.Single(known.Profile.TrustHistory.All).TimeMs);
    }

    [Theory]
    [InlineData("purchases", true)]
    [InlineData("demographics", false)]
    public void Forget_StepOfALink_GoesWithWhatItIsAbout(string category, bool isThere)
    {
        ClientActor known = TenantWorld.NewClient();
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(known, Stated("e1", known));
        known.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Trait = "city", Answer = Answer.Confirm }, new());
        _grid.Record(cookie, Stated("e2", cookie));
        cookie.ConfirmInterest(_grid.Turn(TenantWorld.Now + 3), new ConfirmInterestRequest { Trait = "city", Answer = Answer.Reject }, new());
        known.Link(_grid.Turn(TenantWorld.Now + 10), cookie);
        Assert.Contains(known.Profile.TrustHistory.All, s => s.Source == "link");

        foreach (string purpose in TenantWorld.Keeping)
        {
            var denial = new V1.Consent { Purpose = purpose, Category = category, Decision = V1.Consent.Types.Decision.Deny };
            known.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { denial } }, new SetConsentsResponse());
        }

        Assert.Equal(isThere, known.Profile.TrustHistory.All.Any(s => s.Source == "link"));
    }

    /// <summary>
    /// From each state that either had of what both spoke about to the one that holds there is a step, whichever became a part of
    /// the other, and nothing else of the two differs.
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
                string[] expected = mine is not { } a || theirs is not { } b || a == b || !TrustLadder.IsSpoken(a) || !TrustLadder.IsSpoken(b) ? [] : [$"{(mine == holds ? theirs : mine)} {holds}"];
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

    private static FootprintEvent Stated(string id, ClientActor client)
    {
        FootprintEvent e = TenantWorld.Event(id);
        e.ClientId = client.Key.ClientId;
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
