using System.Globalization;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>
/// A tenant of the grid without an engine around it, for a world's visitors: real profiles, decisions, outcomes by
/// decision id and knowledge, at a clock that moves three minutes a round.
/// </summary>
internal sealed class GridTenant : IJournal, ILearning
{
    public const string Placement = "home";
    private const long Start = 1_790_000_000_000, RoundMs = 180_000;
    private const int PublishEvery = 20;
    private readonly ClientActor[] _visitors;
    private readonly KnowledgeBase _learner = new();
    private readonly TenantDefinitions _definitions;
    private readonly PickContentRequest _request;
    private readonly PickContentResponse _response = new();
    private readonly SeedSource _seeds;
    private KnowledgeSnapshot _knowledge = KnowledgeSnapshot.Empty;
    private int _published = -1;
    private int _events;

    public GridTenant(BanditWorld world, Placement.Types.Learning learning, int count, ulong seed)
    {
        _seeds = new SeedSource(seed);
        var items = Enumerable.Range(0, BanditWorld.Items).Select(i => new Item { ItemId = Id(i), Topics = { new TopicWeight { Topic = Topic(BanditWorld.TopicOf(i)), Weight = 1 } } });
        var definitions = new TenantDefinitions("t", ConsentRegime.OptOut);
        _definitions = definitions with
        {
            Items = definitions.Items.With([.. items]),
            Placements = definitions.Placements.With([new V1.Placement { PlacementId = Placement, Learning = learning }]),
        };
        _request = new PickContentRequest { Placement = Placement, Count = count, Context = new Context() };
        _visitors = [.. Enumerable.Range(0, BanditWorld.Visitors).Select(u => Visitor(world, u))];
    }

    /// <summary>Nothing is learned before that round, as if all before were shown within a moment.</summary>
    public int LearnsFrom { get; init; }

    public static int Item(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>The answer, good until the next.</summary>
    public PickContentResponse Pick(int round, int visitor, bool app)
    {
        if (round >= LearnsFrom && round / PublishEvery != _published)
        {
            _published = round / PublishEvery;
            _knowledge = _learner.Publish(_definitions.Items, Now(round));
        }

        _request.Context.Channel = BanditWorld.ChannelOf(app);
        _visitors[visitor].PickContent(Turn(round), _request, _response);
        return _response;
    }

    public void Click(int round, int visitor, string decisionId, string itemId)
    {
        var outcome = new Outcome
        {
            OutcomeId = $"o{_events++}",
            DecisionId = decisionId,
            ItemId = itemId,
            Kind = Outcome.Types.Kind.Click,
            Time = Time(Now(round)),
        };
        Expect(result => _visitors[visitor].ReportOutcome(Turn(round), outcome, result));
    }

    public void Append(ClientKey client, JournalEntry entry)
    {
    }

    public void Observe(string tenant, in ItemObservation observation) => _learner.Observe(observation);

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks) => _learner.Observe(picks);

    public void Observe(string tenant, StoredProbeCount difference) => _learner.Observe(difference);

    public void Observe(string tenant, StoredSegmentCount difference) => _learner.Observe(difference);

    private static string Id(int item) => $"i{item}";

    private static string Topic(int topic) => $"t{topic}";

    private static long Now(int round) => Start + (round * RoundMs);

    private static Timestamp Time(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    private Turn Turn(int round) => new(Now(round), long.MaxValue, _definitions, _knowledge, _seeds.Next(), this, this);

    // Each said once that it likes its topics, a long time before the first round.
    private ClientActor Visitor(BanditWorld world, int number)
    {
        var actor = new ClientActor(new ClientKey("t", $"v{number}"), new ClientProfile());
        for (var topic = 0; topic < BanditWorld.Topics; topic++)
        {
            if (world.Likes(number, topic))
            {
                var e = new FootprintEvent { EventId = $"{number}/{topic}", Type = "like", Time = Time(Start - 86_400_000), Topics = { new TopicWeight { Topic = Topic(topic), Weight = 1 } } };
                Expect(result => actor.Record(Turn(0), e, result));
            }
        }

        return actor;
    }

    private static void Expect(Action<RecordResult> act)
    {
        var result = new RecordResult();
        act(result);
        if (result.Status != RecordResult.Types.Status.Applied)
        {
            throw new InvalidOperationException($"The grid did not take an act of the world: {result}.");
        }
    }
}
