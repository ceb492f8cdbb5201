using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>A recipient that asks by a cookie does not learn whose it is, whatever it asks.</summary>
public sealed class KnownIdTests
{
    private const string Recipient = "acme";

    private static readonly string[] _conditions =
    [
        """{"clientId":{"$regex":"^known-"}}""",
        """{"clientId":{"$in":["known-7","known-8"]}}""",
        """{"$or":[{"clientId":"known-7"},{"clientId":"known-8"}]}""",
        """{"clientId":{"$not":{"$regex":"^known-7$"}}}""",
        """{"$nor":[{"clientId":{"$gt":"known-7"}}]}""",
        """{"segments":{"$in":["named"]}}""",
    ];

    private readonly TenantWorld _grid = World();

    [Fact]
    public void TargetAds_ConditionsOfARecipientOnTheKnownId_AreAboutTheIdItAskedBy()
    {
        ClientActor known = TenantWorld.NewClient("known-7");
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(cookie, TenantWorld.Event("e1", topic: "golf"));
        known.Link(_grid.Turn(), cookie);

        Assert.Empty(Spelled(known, Recipient, """{"clientId":{"$regex":"^known-"}}"""));
        Assert.Single(Spelled(known, Recipient, """{"clientId":"cookie"}"""));
        Assert.Single(Spelled(known, "", """{"clientId":{"$regex":"^known-"}}"""));
    }

    /// <summary>Nothing of the client has a part in the answer then, which is why there is nothing to put on record.</summary>
    [Fact]
    public void TargetAds_NothingKnownThatTheRecipientMayHave_AnswersAsForAnybodyAndLeavesNoDisclosure()
    {
        ClientActor client = TenantWorld.NewClient("known-7");
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        string[] withheld = ["behaviour", "purchases", "declared", "inferred"];
        var denied = new SetConsentsRequest();
        denied.Consents.Add(withheld.Select(c => new V1.Consent { Purpose = Purposes.Advertising, Category = c, Recipient = Recipient, Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), denied, new SetConsentsResponse());

        Assert.Empty(_conditions.Where(c => c != _conditions[3] && c != _conditions[4]).SelectMany(c => Spelled(client, Recipient, c)));

        Assert.True(client.Profile.Disclosures.IsEmpty);
    }

    [Fact]
    public void Answers_ToARecipientOfClientsThatDifferInTheKnownIdAlone_SameToTheByte()
    {
        foreach (string other in new[] { "known-8", "known-9", "zeta", "a-much-longer-id-of-somebody-else" })
        {
            Assert.Equal(Answers(Known("known-7"), Recipient), Answers(Known(other), Recipient));
        }
    }

    /// <summary>The mutant check: the tenant itself, which may know whose the cookie is, gets answers by the known id of every kind.</summary>
    [Fact]
    public void Answers_ToTheTenantItself_GoByTheKnownId()
    {
        IReadOnlyList<string> left = Answers(Known("known-7"), "");
        var differing = Enumerable.Range(0, 40).Select(i => Answers(Known($"other-{i}"), ""))
            .SelectMany(right => Enumerable.Range(0, left.Count).Where(i => left[i] != right[i])).Distinct().Order();

        Assert.Equal(Enumerable.Range(0, left.Count), differing);
    }

    private static TenantWorld World()
    {
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, 12).Select(i => TenantWorld.Item($"i{i}", i % 2 == 0 ? "golf" : "ski"))]);
        Struct named = JsonParser.Default.Parse<Struct>(_conditions[0]);
        grid.Definitions = grid.Definitions with
        {
            Segments = SegmentSet.Empty.With([new Segment { SegmentId = "named", Condition = named }]),
            Campaigns = grid.Definitions.Campaigns.With(
            [
                .. _conditions.Select((c, i) => new Campaign { CampaignId = $"ad{i}", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(c) }),
                .. Enumerable.Range(0, 16).Select(i => new Campaign { CampaignId = $"held{i}", Bid = 1, HoldoutShare = 0.5 }),
            ]),
            Placements = grid.Definitions.Placements.With(
            [
                .. Enumerable.Range(0, 16).Select(i => new Placement { PlacementId = $"held{i}", Holdout = new Placement.Types.Holdout { Share = 0.5 } }),
            ]),
        };
        return grid;
    }

    private ClientActor Known(string id)
    {
        ClientActor client = TenantWorld.NewClient(id);
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        _grid.Record(client, TenantWorld.Event("e2", "like", "i3"));
        return client;
    }

    private List<string> Answers(ClientActor client, string recipient)
    {
        ulong seed = 0;
        Turn Turn() => new(TenantWorld.Now, long.MaxValue, _grid.Definitions, _grid.Knowledge, ++seed, _grid, _grid);
        string Ads(string placement, bool writesItsOwn)
        {
            var request = new TargetAdsRequest { ClientId = "cookie", Placement = placement, Count = 40, Explain = true, Recipient = recipient };
            request.LineItems.Add(writesItsOwn ? _conditions.Select(Line) : []);
            var response = new TargetAdsResponse();
            client.TargetAds(Turn(), request, response);
            return Text(response);
        }

        string Content(string placement)
        {
            var response = new PickContentResponse();
            client.PickContent(Turn(), new PickContentRequest { ClientId = "cookie", Placement = placement, Count = 12, Recipient = recipient }, response);
            return Text(response);
        }

        return
        [
            Ads("top", writesItsOwn: true),
            Ads("top", writesItsOwn: false),
            string.Join(' ', Enumerable.Range(0, 16).Select(i => Ads($"held{i}", writesItsOwn: false))),
            string.Join(' ', Enumerable.Range(0, 16).Select(i => Content($"held{i}"))),
            Text(client.View(Turn(), new GetProfileRequest { ClientId = "cookie", Recipient = recipient })),
            Text(client.Export(Turn(), new ExportRequest { ClientId = "cookie", Recipient = recipient })),
        ];
    }

    private List<AdPick> Spelled(ClientActor client, string recipient, string condition)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { ClientId = "cookie", Placement = "top", Recipient = recipient, LineItems = { Line(condition) } }, response);
        return [.. response.Picks];
    }

    private static LineItem Line(string condition, int i = 0) =>
        new() { LineItemId = $"line{i}", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(condition) };

    private static string Text(IMessage answer) => Convert.ToHexString(answer.ToByteArray());
}
