using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Two clients who differ only in facts of some data categories, and then say that these categories may be used for
/// nothing but measurement: kept, but withheld from every answer. Whatever they are answered and whatever they teach from
/// then on must be the same to the byte.
/// </summary>
internal sealed class Twins
{
    private const long DayMs = 86_400_000;
    private static readonly string[] _topics = ["golf", "ski", "chess", "opera"];
    private static readonly DataCategories[] _categories =
    [
        DataCategories.Behaviour, DataCategories.Purchases, DataCategories.Declared, DataCategories.Location, DataCategories.Demographics,
        DataCategories.Contact, DataCategories.Inferred,
    ];

    private readonly List<string> _taught = [];
    private ulong _seed;

    /// <param name="leak">What is not withheld after all, as if a gate let it through.</param>
    public Twins(int seed, DataCategories leak = DataCategories.None)
    {
        var random = new Random(seed);
        Withheld = (DataCategories)random.Next(1, (int)DataCategories.All);
        Definitions = TwinWorld.Definitions;
        Left = TenantWorld.NewClient("twin");
        Right = TenantWorld.NewClient("twin");
        int acts = random.Next(2, 25);
        for (int i = 0; i < acts; i++)
        {
            if (random.Next(2) == 0)
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

        if (Withheld.HasFlag(DataCategories.Declared) && random.Next(2) == 0)
        {
            Left.ConfirmInterest(Turn(), new ConfirmInterestRequest { Topic = _topics[random.Next(4)], Answer = ConfirmInterestRequest.Types.Answer.Confirm }, new());
        }

        foreach (ClientActor twin in new[] { Left, Right })
        {
            twin.SetConsents(Turn(), Denials(Withheld & ~leak), new SetConsentsResponse());
        }
    }

    public DataCategories Withheld { get; }

    public ClientActor Left { get; }

    public ClientActor Right { get; }

    public TenantDefinitions Definitions { get; }

    /// <summary>Everything that a client is answered, as bytes, and teaches.</summary>
    public Dictionary<string, string> Answers(ClientActor client)
    {
        _seed = 1;
        _taught.Clear();
        var content = new PickContentResponse();
        client.PickContent(Turn(), new PickContentRequest { Placement = "home", Count = 20 }, content);
        var ads = new TargetAdsResponse();
        client.TargetAds(Turn(), new TargetAdsRequest { Placement = "top", Count = 20, Explain = true }, ads);
        Profile profile = client.View(Turn(), new GetProfileRequest { Recipient = "acme" });
        ExportResponse export = client.Export(Turn(), new ExportRequest { Recipient = "acme", Purpose = Purposes.Advertising });
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

        return new()
        {
            ["probe"] = content.Probe?.ToString() ?? "",
            ["content"] = Convert.ToHexString(content.ToByteArray()),
            ["ads"] = Convert.ToHexString(ads.ToByteArray()),
            ["profile"] = Convert.ToHexString(profile.ToByteArray()),
            ["export"] = Convert.ToHexString(export.ToByteArray()),
            ["learning"] = string.Join('\n', _taught),
        };
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

    private static FootprintEvent Act(Random random, string id, DataCategories category)
    {
        var e = new FootprintEvent
        {
            EventId = id,
            ClientId = "twin",
            ItemId = $"i{random.Next(12)}",
            Time = TenantWorld.At(TenantWorld.Now - random.NextInt64(60 * DayMs)),
            Channel = (FootprintEvent.Types.Channel)random.Next(1, 7),
        };
        switch (category)
        {
            case DataCategories.Purchases:
                (e.Type, e.Value) = ("purchase", new Footprint.Grid.V1.Value { Amount = random.Next(1, 500), Currency = "EUR" });
                break;
            case DataCategories.Declared:
                e.Type = "declare";
                break;
            case DataCategories.Behaviour:
                e.Type = random.Next(2) == 0 ? "view" : "like";
                break;
            default:
                // Leaves nothing of the category behaviour but that it happened.
                (e.Type, e.ItemId) = ("view", "");
                break;
        }

        if (e.ItemId.Length > 0 && random.Next(2) == 0)
        {
            e.Topics.Add(new TopicWeight { Topic = _topics[random.Next(4)], Weight = random.Next(1, 4) });
        }

        return e;
    }

    private void Differ(Random random, int number, DataCategories category)
    {
        FootprintEvent left = Act(random, $"left{number}", category);
        if (category is DataCategories.Behaviour or DataCategories.Purchases or DataCategories.Declared)
        {
            Record(Left, left);
            if (random.Next(2) == 0)
            {
                Record(Right, Act(random, $"right{number}", category));
            }

            return;
        }

        // The same act of both, of which one twin's states a trait, or is about a topic.
        Record(Right, left.Clone());
        if (category == DataCategories.Inferred)
        {
            left.Topics.Add(new TopicWeight { Topic = _topics[random.Next(4)], Weight = 3 });
        }
        else
        {
            left.Traits.Add(new TraitValue { Name = $"trait{random.Next(3)}", Value = $"{random.Next(5)}", Category = TwinWorld.Name(category) });
        }

        Record(Left, left);
    }

    private static SetConsentsRequest Denials(DataCategories withheld)
    {
        var request = new SetConsentsRequest();
        foreach (string purpose in new[] { Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Sharing })
        {
            foreach (DataCategories category in System.Enum.GetValues<DataCategories>().Where(c => int.PopCount((int)c) == 1 && withheld.HasFlag(c)))
            {
                request.Consents.Add(new V1.Consent { Purpose = purpose, Category = TwinWorld.Name(category), Decision = Decision.Deny });
            }
        }

        return request;
    }

    private void Record(ClientActor client, FootprintEvent e) => client.Record(Turn(), Prepared(e), new RecordResult());

    private Turn Turn() => new(TenantWorld.Now, long.MaxValue, Definitions, TwinWorld.Knowledge, ++_seed, new TwinWorld.Journal(), new TwinWorld.Learning(_taught));
}
