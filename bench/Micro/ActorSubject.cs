using System.Globalization;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Micro;

/// <summary>
/// One client of the speed world with its 60 interests, and knowledge that a thousand others taught, without an engine
/// around it: what the domain itself costs for a turn.
/// </summary>
internal sealed class ActorSubject : IJournal, ILearning
{
    private const int Candidates = 100, Others = 1000;
    private const long NowMs = 1_800_000_000_000;
    private readonly KnowledgeBase _teaching = new();
    private readonly ClientActor _actor;
    private readonly byte[] _checkpoint;
    private readonly PickContentRequest _pick = new() { ClientId = SpeedWorld.ClientId(0), Placement = "home", Count = 10 };
    private readonly PickContentRequest _pickAmong;
    private readonly PickContentResponse _response = new();
    private readonly FootprintEvent _event;
    private readonly RecordResult _result = new();
    private readonly Outcome _click = new() { ClientId = SpeedWorld.ClientId(0), Kind = Outcome.Types.Kind.Click, Time = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = NowMs / 1000 } };
    private Turn _turn;
    private int _recorded;
    private bool _teaches = true;

    public ActorSubject()
    {
        var world = new SpeedWorld(10_000, Others);
        var definitions = new TenantDefinitions("default", ConsentRegime.OptOut);
        definitions = definitions with { Items = definitions.Items.With([.. Enumerable.Range(0, world.Items).Select(world.Item)]) };
        _turn = new Turn(NowMs, long.MaxValue, definitions, KnowledgeSnapshot.Empty, 1, this, this);
        var events = new WorldEvents(world);
        for (var profile = 1; profile < Others; profile++)
        {
            Make(profile, events);
        }

        _actor = Make(0, events);
        _turn = _turn with { Knowledge = _teaching.Publish(definitions.Items, NowMs) };
        _teaches = false;
        _pickAmong = _pick.Clone();
        for (var i = 0; i < Candidates; i++)
        {
            _pickAmong.Candidates.Add(SpeedWorld.ItemId(i * 97));
        }

        var made = new List<FootprintEvent>();
        events.MakeProfile(0, made);
        _event = made[0];
        _checkpoint = _actor.Checkpoint();
    }

    /// <summary>
    /// From now on the client withholds what it bought and where it is, and denies some recipients: fewer facts to weigh,
    /// and rules to obey.
    /// </summary>
    public ActorSubject Withholding() => Deciding(Consent.Types.Decision.Deny);

    /// <summary>From now on the client has as many rules, and withholds nothing from picks: the same facts to weigh, and rules to obey.</summary>
    public ActorSubject Obeying() => Deciding(Consent.Types.Decision.Allow);

    private ActorSubject Deciding(Consent.Types.Decision decision)
    {
        var request = new SetConsentsRequest();
        foreach (var category in new[] { "purchases", "location" })
        {
            request.Consents.Add(new Consent { Purpose = Purposes.Personalization, Category = category, Decision = decision });
        }

        for (var i = 0; i < 20; i++)
        {
            request.Consents.Add(new Consent { Purpose = Purposes.Advertising, Recipient = $"r{i}", Decision = Consent.Types.Decision.Deny });
        }

        _actor.SetConsents(_turn, request, new SetConsentsResponse());
        return this;
    }

    /// <summary>From now on what the client does is taught, or as it decides it is not; either way it has a rule that says so.</summary>
    public ActorSubject Teaching(bool allowed)
    {
        _teaches = true;
        var decision = allowed ? Consent.Types.Decision.Allow : Consent.Types.Decision.Deny;
        _actor.SetConsents(_turn, new SetConsentsRequest { Consents = { new Consent { Purpose = Purposes.Analytics, Decision = decision } } }, new SetConsentsResponse());
        return this;
    }

    /// <summary>From now on the placement learns, after twenty thousand picks of which each third is liked.</summary>
    public ActorSubject Learning(Placement.Types.Learning learning)
    {
        var definitions = _turn.Definitions;
        _turn = _turn with
        {
            Definitions = definitions with { Placements = definitions.Placements.With([new Placement { PlacementId = _pick.Placement, Learning = learning }]) },
        };
        for (var n = 0; n < 2000; n++)
        {
            Pick();
        }

        Teach(0);
        return this;
    }

    /// <summary>Publishes what picks taught; gives the CPU of that for each of so many decisions, in microseconds.</summary>
    public double Teach(int decisions) =>
        CpuTime.Of(() => _turn = _turn with { Knowledge = _teaching.Publish(_turn.Definitions.Items, NowMs) }, 1) / Math.Max(1, decisions);

    public int CheckpointBytes => _checkpoint.Length;

    /// <summary>Ten picks out of the whole catalog, into a response used before.</summary>
    public PickContentResponse Pick()
    {
        _actor.PickContent(_turn, _pick, _response);
        return _response;
    }

    /// <summary>Ten picks out of a hundred candidates.</summary>
    public PickContentResponse PickAmong()
    {
        _actor.PickContent(_turn, _pickAmong, _response);
        return _response;
    }

    /// <summary>Ten picks out of the whole catalog, and a click on the first of them.</summary>
    /// <param name="names">Whether the click names the decision, so that something is learned of it.</param>
    public RecordResult PickAndClick(bool names)
    {
        _actor.PickContent(_turn, _pick, _response);
        _click.OutcomeId = NextId();
        _click.DecisionId = names ? _response.DecisionId : "";
        _click.ItemId = _response.Picks[0].ItemId;
        _actor.ReportOutcome(_turn, _click, _result);
        return _result;
    }

    /// <summary>One more event with an item of five topics; the event's new id included.</summary>
    public RecordResult Record()
    {
        _event.EventId = NextId();
        _event.Time = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = NowMs / 1000 };
        _actor.Record(_turn, _event, _result);
        return _result;
    }

    /// <summary>The profile as bytes.</summary>
    public byte[] Checkpoint() => _actor.Checkpoint();

    /// <summary>The profile from bytes.</summary>
    public ClientActor Load() => ClientActor.Load(_actor.Key, _checkpoint, []);

    void IJournal.Append(ClientKey client, JournalEntry entry)
    {
    }

    // Unless that is what is measured, what the subject's own events teach is left unlearned, so that its turns stay the same.
    void ILearning.Observe(string tenant, in ItemObservation observation)
    {
        if (_teaches)
        {
            _teaching.Observe(observation);
        }
    }

    void ILearning.Observe(string tenant, ReadOnlySpan<PickObservation> picks)
    {
        _teaching.Observe(picks);
        foreach (ref readonly var pick in picks)
        {
            if ((pick.Features ^ (ulong)pick.ItemId.Length) % 3 == 0)
            {
                _teaching.Observe([pick with { IsShown = false, Liked = 1, Worth = 1, Reward = 1 }]);
            }
        }
    }

    void ILearning.Observe(string tenant, StoredProbeCount difference)
    {
    }

    void ILearning.Observe(string tenant, StoredSegmentCount difference)
    {
    }

    private string NextId() => (_recorded++).ToString("D12", CultureInfo.InvariantCulture);

    private ClientActor Make(int profile, WorldEvents events)
    {
        var actor = new ClientActor(new ClientKey("default", SpeedWorld.ClientId(profile)), new ClientProfile());
        var made = new List<FootprintEvent>();
        events.MakeProfile(profile, made);
        foreach (var e in made)
        {
            e.Time = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = (NowMs / 1000) - 60 };
            var result = new RecordResult();
            actor.Record(_turn, e, result);
            if (result.Status != RecordResult.Types.Status.Applied)
            {
                throw new InvalidOperationException($"An event of the bench was not applied: {result}.");
            }
        }

        return actor;
    }
}
