using System.Collections.Frozen;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Answering = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// What two clients did and what was done with them, alike but for facts of some categories, which only one of them has: acts,
/// late, imported and from clocks that are ahead, here and in other countries; what was stated of them, up to as much as there is
/// room for; what they said, by their own and by answers to probes; the privacy signal; outcomes; ids that were linked, and that
/// were not theirs any more; retention; reloads.
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
    private ClientActor[] _cookies = [];
    private readonly TenantDefinitions _definitions = TwinWorld.Definitions;
    private ulong _turn;
    private int _number;

    public Pasts(Random random)
    {
        _random = random;
        Own = (DataCategories)random.Next(1, (int)DataCategories.All + 1);
        if (random.Next(6) == 0)
        {
            _definitions = _definitions with { Countries = new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn }.ToFrozenDictionary() };
        }
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
        switch (_random.Next(isCommon ? 12 : 15))
        {
            case 0:
                Say(_random.Next(3) == 0, isOwn: false);
                break;
            case 1 or 2:
                SayOfTrait(isOwn: false);
                break;
            case 3:
                Report();
                break;
            case 4 or 5:
                Link(isCommon);
                break;
            case 6:
                Expire();
                break;
            case 7:
                Reload();
                break;
            case 8 when _random.Next(3) == 0:
                Fill(isCommon);
                break;
            case 12 when Own.HasFlag(DataCategories.Declared):
                Say(isNo: false, isOwn: true);
                break;
            case 13 when Own.HasFlag(DataCategories.Declared):
                SayOfTrait(isOwn: true);
                break;
            case 14 when Own.HasFlag(DataCategories.Behaviour):
                Show();
                break;
            case 11:
                AskQuestion();
                break;
            default:
                Do("twin", Both, Act(isCommon));
                break;
        }
    }

    /// <summary>Of each of both what it is answered by the same turn.</summary>
    public T[] Ask<T>(Func<ClientActor, Turn, T> ask) => Array.ConvertAll(Both, twin => ask(twin, Turn()));

    public Turn Turn() => new(
        NowMs, long.MaxValue, _definitions, TwinWorld.Knowledge, _turn, new TwinWorld.Journal(), new TwinWorld.Learning([], []));

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

    // Somebody unknown turns out to be the client, and did something before that, the first's more than the other's; or somebody
    // takes over the device, or signs out.
    private void Link(bool isCommon)
    {
        if (_random.Next(4) == 0 && _cookies.Length > 0)
        {
            bool signsOut = _random.Next(2) == 0;
            Note(isOwn: false, $"unlink {_cookies[0].Key.ClientId}");
            for (int i = 0; i < Both.Length; i++)
            {
                Both[i].Unlink(Turn(), _cookies[i], signsOut);
            }
        }
        else
        {
            string id = $"cookie{_number++}";
            _cookies = [TenantWorld.NewClient(id), TenantWorld.NewClient(id)];
        }

        string under = _cookies[0].Key.ClientId;
        for (int n = _random.Next(1, 5); n > 0; n--)
        {
            Do(under, _cookies, Act(isCommon));
        }

        Note(isOwn: false, $"link {under}");
        for (int i = 0; i < Both.Length; i++)
        {
            Both[i].Link(Turn(), _cookies[i], again: true);
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
