using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>A placement that tells a segment apart: buyers like one item, the others another, and nothing else about them differs.</summary>
public sealed class SegmentLearningTests
{
    private const string OfBuyers = "i1", OfOthers = "i4";
    private readonly TenantWorld _grid = new();
    private int _ids;

    public SegmentLearningTests()
    {
        _grid.Items([.. Enumerable.Range(0, 6).Select(i => TenantWorld.Item($"i{i}"))]);
        var buyers = new Segment { SegmentId = "buyers", Condition = JsonParser.Default.Parse<Struct>("""{"money.purchases":{"$gte":1}}""") };
        var placement = new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Explore, LearningSegments = { "unknown", "buyers" } };
        _grid.Definitions = _grid.Definitions with
        {
            Segments = SegmentSet.Empty.With([buyers]),
            Placements = _grid.Definitions.Placements.With([placement]),
        };
    }

    [Fact]
    public void Picks_SegmentsDifferInWhatTheyLike_GoByTheSegmentBeforeAnythingIsKnownOfTheClient()
    {
        for (int n = 0; n < 300; n++)
        {
            ClientActor visitor = Visitor(buys: n % 2 == 0);
            PickContentResponse response = _grid.Pick(visitor);
            var click = new Outcome { OutcomeId = $"o{n}", DecisionId = response.DecisionId, ItemId = n % 2 == 0 ? OfBuyers : OfOthers, Kind = Outcome.Types.Kind.Click, Time = TenantWorld.At(TenantWorld.Now) };
            visitor.ReportOutcome(_grid.Turn(), click, new RecordResult());
        }

        _grid.Learn();

        // Some of them are made to find out.
        Assert.InRange(First(OfBuyers, buys: true), 70, 100);
        Assert.InRange(First(OfOthers, buys: false), 70, 100);
    }

    [Fact]
    public void Features_SegmentReadsWhatIsWithheld_AreThoseOfAClientWhoIsNotInIt()
    {
        ClientActor buyer = Visitor(buys: true), withholding = Visitor(buys: true), other = Visitor(buys: false);
        var deny = new V1.Consent { Purpose = "personalization", Category = "purchases", Decision = V1.Consent.Types.Decision.Deny };
        withholding.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { deny } }, new SetConsentsResponse());

        Assert.Equal([2, 0, 0], new[] { buyer, withholding, other }.Select(Segments));
    }

    private int First(string item, bool buys) => Enumerable.Range(0, 100).Count(_ => _grid.Pick(Visitor(buys)).Picks[0].ItemId == item);

    private int Segments(ClientActor client)
    {
        _grid.Pick(client);
        return PickFeatures.Segments(client.Profile.ShownPicks[0].Features);
    }

    private ClientActor Visitor(bool buys)
    {
        ClientActor visitor = TenantWorld.NewClient($"v{_ids}");
        _grid.Record(visitor, TenantWorld.Event($"e{_ids++}", buys ? "purchase" : "view"));
        return visitor;
    }
}
