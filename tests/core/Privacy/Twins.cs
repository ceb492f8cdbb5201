using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using Google.Protobuf;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Struct = Google.Protobuf.WellKnownTypes.Struct;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Two clients who differ only in facts of some data categories, and then say that these categories may be used for
/// nothing but measurement, or for nothing in answers to one recipient, which does not know either that they are not the same: kept, but withheld. Whatever they are answered and
/// whatever they teach from then on must be the same to the byte. Before that both had ads, items and questions shown to
/// them, by what was known of each: what was shown is behaviour, so where behaviour is not withheld both were shown the same.
/// </summary>
internal sealed partial class Twins
{
    public const string Recipient = "acme";
    private const long DayMs = 86_400_000;
    private static readonly string[] _topics = ["golf", "ski", "chess", "opera"];
    private static readonly DataCategories[] _categories =
    [
        DataCategories.Behaviour, DataCategories.Purchases, DataCategories.Declared, DataCategories.Location, DataCategories.Demographics,
        DataCategories.Contact, DataCategories.Inferred,
    ];

    private readonly List<string> _taught = [];
    private readonly List<string> _counted = [];
    private readonly bool _areBothKnown;
    private ulong _seed;

    /// <param name="seed">What they did, were shown and say.</param>
    /// <param name="leak">What is not withheld after all, as if a gate let it through.</param>
    public Twins(int seed, DataCategories leak = DataCategories.None)
    {
        var random = new Random(seed);
        Withheld = (DataCategories)random.Next(1, (int)DataCategories.All);
        IsForRecipient = random.Next(2) == 0;
        Left = TenantWorld.NewClient("twin");
        Right = TenantWorld.NewClient(IsForRecipient ? TwinWorld.Other : "twin");
        bool haveCommon = random.Next(8) > 0;
        int acts = haveCommon ? random.Next(2, 25) : random.Next(1, 4);
        for (int i = 0; i < acts; i++)
        {
            if (haveCommon && random.Next(2) == 0)
            {
                FootprintEvent act = Act(random, $"same{i}", _categories[random.Next(_categories.Length)]);
                Record(Left, act.Clone());
                Record(Right, act);
            }
            else if (_categories.Where(c => Withheld.HasFlag(c)).ToArray() is { Length: > 0 } withheld)
            {
                Differ(random, i, withheld[random.Next(withheld.Length)]);
            }
        }

        Tie(new Random(~seed));
        Lift(new Random(~seed));
        Restate(new Random(~seed));
        Subscribe(new Random(~seed));
        StateAlike(new Random(~seed));
        Fill(new Random(~seed / 3));
        FillItems(new Random(~seed / 5));
        if (Withheld.HasFlag(DataCategories.Declared) && random.Next(2) == 0)
        {
            Left.ConfirmInterest(Turn(), new ConfirmInterestRequest { Topic = _topics[random.Next(4)], Answer = ConfirmInterestRequest.Types.Answer.Confirm }, new());
        }

        int shown = random.Next(4);
        for (int i = 0; i < shown; i++)
        {
            Show(random);
        }

        _areBothKnown = Left.Profile.HasEvents && Right.Profile.HasEvents;
        foreach (ClientActor twin in new[] { Left, Right })
        {
            twin.SetConsents(Turn(), Denials(Withheld & ~leak), new SetConsentsResponse());
        }
    }

    public DataCategories Withheld { get; }

    /// <summary>Whether that is withheld from one recipient alone, for whom the answers then are.</summary>
    public bool IsForRecipient { get; }

    public ClientActor Left { get; }

    public ClientActor Right { get; }

    /// <summary>Everything that a client is answered, as bytes, and teaches.</summary>
    public Dictionary<string, string> Answers(ClientActor client)
    {
        _seed = 1;
        _taught.Clear();
        _counted.Clear();
        string onRecord = OnRecord(client);
        string asking = IsForRecipient ? Recipient : "";
        PickContentResponse content = Pick(client, "home", asking);
        string[] capped = [Text(Pick(client, "items", asking, 3)), Text(Pick(client, "topics", asking, 3))];
        PickContentResponse filtered = Pick(client, "filtered", asking, filter: """{"itemId":{"$ne":"nothing"}}""");
        TargetAdsResponse ads = Target(client, asking);
        TargetAdsResponse own = Target(client, asking, lines: TwinWorld.Lines);
        Profile profile = client.View(Turn(), new GetProfileRequest { Recipient = Recipient });
        ExportResponse export = client.Export(Turn(), new ExportRequest { Recipient = Recipient, Purpose = Purposes.Advertising });
        if (!IsForRecipient)
        {
            // What the tenant itself may use it may learn from. A client counts in segments from its first act on, whatever that was.
            Act(client, content);
        }

        return new()
        {
            ["probe"] = content.Probe?.ToString() ?? "",
            ["content"] = Text(content),
            ["capped"] = string.Join(' ', capped),
            ["filtered"] = Text(filtered),
            ["ads"] = Text(ads),
            ["own ads"] = Text(own),
            ["profile"] = Text(profile),
            ["export"] = Text(export),
            ["on record"] = onRecord,
            ["learning"] = string.Join('\n', _taught.Concat(IsForRecipient || !_areBothKnown ? [] : _counted)),
        };
    }

    // What is taken down of one answer on a day of its own, before more is shown. To be in a segment is known of who is known at all.
    private string OnRecord(ClientActor client)
    {
        client.View(Turn(TenantWorld.Now + DayMs), new GetProfileRequest { Recipient = Recipient });
        uint day = DisclosureLog.Day(TenantWorld.Now + DayMs);
        return _areBothKnown || Withheld.HasFlag(DataCategories.Inferred) ? string.Join('\n', client.Profile.Disclosures.All.Where(row => row.Day == day)) : "";
    }

    private static string Text(IMessage answer) => Convert.ToHexString(answer.ToByteArray());

    private PickContentResponse Pick(ClientActor client, string placement, string recipient, int count = 20, string candidate = "", long nowMs = TenantWorld.Now, string filter = "")
    {
        var request = new PickContentRequest { ClientId = "twin", Placement = placement, Count = count, Recipient = recipient };
        if (candidate.Length > 0)
        {
            request.Candidates.Add(candidate);
        }

        if (filter.Length > 0)
        {
            request.Filter = JsonParser.Default.Parse<Struct>(filter);
        }

        var response = new PickContentResponse();
        client.PickContent(Turn(nowMs), request, response);
        return response;
    }

    private TargetAdsResponse Target(ClientActor client, string recipient, int count = 40, string campaign = "", long nowMs = TenantWorld.Now, IEnumerable<LineItem>? lines = null)
    {
        var request = new TargetAdsRequest { ClientId = "twin", Placement = "top", Count = count, Explain = true, Recipient = recipient };
        if (campaign.Length > 0)
        {
            request.Campaigns.Add(campaign);
        }

        request.LineItems.Add(lines ?? []);

        var response = new TargetAdsResponse();
        client.TargetAds(Turn(nowMs), request, response);
        return response;
    }

    // To each what it is due by all that is known of it then, or to one of them alone; or to both the same one thing.
    private void Show(Random random)
    {
        (int kind, ulong turns, int count, string item) = (random.Next(4), _seed, random.Next(1, 6), $"untouched{random.Next(TwinWorld.Untouched)}");
        string recipient = random.Next(2) == 0 ? "" : Recipient;
        long at = TenantWorld.Now - (random.Next(2) == 0 ? DayMs / 24 : 2 * DayMs);
        bool isOwn = Withheld.HasFlag(DataCategories.Behaviour);
        if (!isOwn && !(Left.Profile.HasEvents && Right.Profile.HasEvents))
        {
            // What is shown to somebody of whom nothing is known is not kept.
            return;
        }

        foreach (ClientActor twin in isOwn && random.Next(3) == 0 ? new[] { Left } : [Left, Right])
        {
            _seed = turns;
            _ = kind switch
            {
                0 => Text(Target(twin, recipient, count, isOwn ? "" : TwinWorld.Plain, at)),
                1 => Text(Pick(twin, "items", recipient, count, isOwn ? "" : item, at)),
                2 => Text(Pick(twin, "topics", recipient, count, isOwn ? "" : item, at)),
                _ => Text(Pick(twin, isOwn ? "home" : "elsewhere", recipient, count, isOwn ? "" : item, at)),
            };
        }
    }

    private void Act(ClientActor client, PickContentResponse content)
    {
        client.ReportOutcome(
            Turn(),
            new Outcome { OutcomeId = "o1", DecisionId = content.DecisionId, ItemId = content.Picks[0].ItemId, Kind = Outcome.Types.Kind.Click, Time = TenantWorld.At(TenantWorld.Now) },
            new RecordResult());
        foreach (string category in new[] { "view", "purchase", "declare" })
        {
            client.Record(Turn(), Prepared(new FootprintEvent { EventId = "later-" + category, ClientId = "twin", Type = category, ItemId = "i3" }), new RecordResult());
        }

        client.Record(Turn(), Prepared(Answer("golf", "no")), new RecordResult());
        client.Record(Turn(), Prepared(Answer("ski", "yes")), new RecordResult());
    }

    private static FootprintEvent Answer(string topic, string answer) => new()
    {
        EventId = "answer-" + topic,
        ClientId = "twin",
        Type = EventTypeTable.ProbeAnswer,
        Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
        Properties = { ["answer"] = answer },
    };

    private static FootprintEvent Prepared(FootprintEvent e)
    {
        Assert.True(EventIntake.Prepare(e, 0, TenantWorld.Now, () => "", new RecordResult()));
        return e;
    }

    private SetConsentsRequest Denials(DataCategories withheld)
    {
        var request = new SetConsentsRequest();
        foreach (string purpose in new[] { Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Sharing })
        {
            foreach (DataCategories category in Enum.GetValues<DataCategories>().Where(c => int.PopCount((int)c) == 1 && withheld.HasFlag(c)))
            {
                request.Consents.Add(new V1.Consent { Purpose = purpose, Category = TwinWorld.Name(category), Recipient = IsForRecipient ? Recipient : "*", Decision = Decision.Deny });
            }
        }

        return request;
    }

    private void Record(ClientActor client, FootprintEvent e, long nowMs = TenantWorld.Now) => client.Record(Turn(nowMs), Prepared(e), new RecordResult());

    public Turn Turn(long nowMs = TenantWorld.Now) => new(
        nowMs, long.MaxValue, TwinWorld.Definitions, TwinWorld.Knowledge, ++_seed, new TwinWorld.Journal(), new TwinWorld.Learning(_taught, _counted));
}
