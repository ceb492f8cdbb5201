using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Answering = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// What two clients did and what was done with them, alike but for facts of some categories, which only one of them has: acts,
/// late, imported and from clocks that are ahead; what they said, by their own and by answers to probes; outcomes; ids that
/// were linked; retention; reloads.
/// </summary>
internal sealed partial class Pasts
{
    private const long DayMs = 86_400_000;
    private static readonly string[] _topics = ["golf", "ski", "chess", "opera"];
    private static readonly (string Type, DataCategories Categories)[] _types =
    [
        ("view", DataCategories.Behaviour), ("view", DataCategories.Behaviour), ("like", DataCategories.Behaviour), ("dislike", DataCategories.Behaviour),
        ("purchase", DataCategories.Purchases), ("declare", DataCategories.Declared),
        (TwinWorld.Subscribe.Type, DataCategories.Purchases | DataCategories.Declared),
    ];

    private readonly Random _random;
    private readonly List<string> _log = [];
    private ulong _turn;
    private int _number;

    public Pasts(Random random)
    {
        _random = random;
        Own = (DataCategories)random.Next(1, (int)DataCategories.All + 1);
    }

    /// <summary>Of what the facts are that only the first has.</summary>
    public DataCategories Own { get; }

    /// <summary>The one with all facts, and the one without those.</summary>
    public ClientActor[] Both { get; } = [TenantWorld.NewClient("twin"), TenantWorld.NewClient("twin")];

    public long NowMs { get; private set; } = TenantWorld.Now - (50 * DayMs);

    public string Log => string.Join("; ", _log);

    /// <summary>Some time passes, and something is done by both or by the first alone.</summary>
    public void Step(bool isCommon = false)
    {
        NowMs += _random.Next(3) == 0 ? _random.NextInt64(8 * DayMs) : _random.NextInt64(DayMs / 24);
        _turn++;
        switch (_random.Next(isCommon ? 9 : 14))
        {
            case 0 or 1 or 2:
                Do(_types[_random.Next(_types.Length)], isOwn: false);
                break;
            case 3:
                Say(_random.Next(3) == 0, isOwn: false);
                break;
            case 4:
                AnswerProbe(_random.Next(3) > 0, isOwn: false);
                break;
            case 5:
                Report();
                break;
            case 6:
                Link(isCommon);
                break;
            case 7:
                Expire();
                break;
            case 8:
                Reload();
                break;
            case 9 when Own.HasFlag(DataCategories.Declared):
                Say(isNo: false, isOwn: true);
                break;
            case 10 when Own.HasFlag(DataCategories.Declared):
                AnswerProbe(isYes: true, isOwn: true);
                break;
            case 11 when Own.HasFlag(DataCategories.Behaviour):
                Show();
                break;
            case 11:
                AskQuestion();
                break;
            default:
                DoOwn();
                break;
        }
    }

    /// <summary>Of each of both what it is answered by the same turn.</summary>
    public T[] Ask<T>(Func<ClientActor, Turn, T> ask) => Array.ConvertAll(Both, twin => ask(twin, Turn()));

    public Turn Turn() => new(
        NowMs, long.MaxValue, TwinWorld.Definitions, TwinWorld.Knowledge, _turn, new TwinWorld.Journal(), new TwinWorld.Learning([], []));

    private ClientActor[] Those(bool isOwn) => isOwn ? Both[..1] : Both;

    private void Note(bool isOwn, string what) => _log.Add($"{(isOwn ? "only one: " : "")}{(NowMs - TenantWorld.Now) / DayMs}d {what}");

    private void Say(bool isNo, bool isOwn)
    {
        string topic = _topics[_random.Next(4)];
        Note(isOwn, $"{(isNo ? "reject" : "confirm")} {topic}");
        foreach (ClientActor twin in Those(isOwn))
        {
            Try(() => twin.ConfirmInterest(Turn(), new ConfirmInterestRequest { ClientId = "twin", Topic = topic, Answer = isNo ? Answering.Reject : Answering.Confirm }, new()));
        }
    }

    private void AnswerProbe(bool isYes, bool isOwn)
    {
        FootprintEvent answer = Answer("twin", isYes);
        Note(isOwn, $"answer {answer.Topics} {isYes} of {(EventIntake.TimeMs(answer.Time) - TenantWorld.Now) / DayMs}d");
        foreach (ClientActor twin in Those(isOwn))
        {
            Record(twin, answer.Clone());
        }
    }

    private FootprintEvent Answer(string client, bool isYes) => new()
    {
        EventId = $"e{_number++}",
        ClientId = client,
        Type = EventTypeTable.ProbeAnswer,
        Topics = { new TopicWeight { Topic = _topics[_random.Next(4)], Weight = 1 } },
        Properties = { ["answer"] = isYes ? "yes" : "no" },
        Time = TenantWorld.At(Time()),
    };

    // What each is due by all that is known of it, also a question: that it was shown is behaviour.
    private void Show()
    {
        Note(isOwn: false, "show");
        Ask((twin, turn) =>
        {
            twin.PickContent(turn, new PickContentRequest { ClientId = "twin", Placement = "home", Count = 3 }, new PickContentResponse());
            twin.TargetAds(turn, new TargetAdsRequest { ClientId = "twin", Placement = "top", Count = 3 }, new TargetAdsResponse());
            return 0;
        });
    }

    private void Report()
    {
        var kind = _random.Next(2) == 0 ? Outcome.Types.Kind.Dismissal : Outcome.Types.Kind.Conversion;
        bool isOwn = kind == Outcome.Types.Kind.Conversion && Own.HasFlag(DataCategories.Behaviour) && _random.Next(2) == 0;
        string campaign = $"ad{_random.Next(4):00}";
        Note(isOwn, $"{kind} {campaign}");
        foreach (ClientActor twin in Those(isOwn))
        {
            twin.ReportOutcome(Turn(), new Outcome { OutcomeId = $"o{_number}", ClientId = "twin", CampaignId = campaign, Kind = kind, Time = TenantWorld.At(NowMs) }, new RecordResult());
        }

        _number++;
    }

    // Somebody unknown turns out to be the client, and did something before that, the first's more than the other's.
    private void Link(bool isCommon)
    {
        string id = $"cookie{_number++}";
        ClientActor[] cookies = [TenantWorld.NewClient(id), TenantWorld.NewClient(id)];
        (string Type, DataCategories Categories)[] own = [.. _types.Where(t => (t.Categories & Own) != 0)];
        for (int n = _random.Next(1, 5); n > 0; n--)
        {
            bool isOwn = !isCommon && own.Length > 0 && _random.Next(2) == 0;
            FootprintEvent e = !isOwn && _random.Next(4) == 0 ? Answer(id, _random.Next(3) > 0) : Event(isOwn ? own[_random.Next(own.Length)] : _types[_random.Next(_types.Length)], isOwn);
            e.ClientId = id;
            Note(isOwn, $"{id}: {e.Type} {e.Topics}");
            foreach (ClientActor cookie in isOwn ? cookies[..1] : cookies)
            {
                Record(cookie, e.Clone());
            }
        }

        Note(isOwn: false, $"link {id}");
        for (int i = 0; i < Both.Length; i++)
        {
            Both[i].Link(Turn(), cookies[i]);
        }
    }

    private void Expire()
    {
        var categories = new Dictionary<string, TimeSpan>();
        var types = new Dictionary<string, TimeSpan>();
        for (int n = _random.Next(1, 4); n > 0; n--)
        {
            (Dictionary<string, TimeSpan> rules, string name) = _random.Next(4) == 0
                ? (types, _types[_random.Next(_types.Length)].Type)
                : (categories, TwinWorld.Name((DataCategories)(1 << _random.Next(7))));
            rules[name] = TimeSpan.FromDays(_random.Next(1, 40));
        }

        Note(isOwn: false, "expire " + string.Join(' ', categories.Concat(types).Select(r => $"{r.Key} {r.Value.TotalDays}")));
        foreach (ClientActor twin in Both)
        {
            twin.Expire(Turn(), new RetentionRules { Categories = categories, EventTypes = types });
        }
    }

    private void Reload()
    {
        Note(isOwn: false, "reload");
        for (int i = 0; i < Both.Length; i++)
        {
            Both[i] = ClientActor.Load(Both[i].Key, Both[i].Checkpoint(), []);
        }
    }

    private void Record(ClientActor twin, FootprintEvent e)
    {
        Assert.True(EventIntake.Prepare(e, 0, NowMs, () => "", new RecordResult()));
        twin.Record(Turn(), e, new RecordResult());
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (GridException)
        {
            // Refused, as it should be where nothing of it may be kept.
        }
    }
}
