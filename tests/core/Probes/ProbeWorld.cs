using System.Collections.Frozen;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Probes;

/// <summary>A tenant with one probe on the placement home, a clock that goes on when told to, and the counts that turns tell of.</summary>
internal sealed class ProbeWorld : IJournal, ILearning
{
    public const long DayMs = 86_400_000;
    private readonly List<(ClientKey Client, JournalEntry Entry)> _journal = [];
    private ulong _acts;

    public long NowMs { get; set; } = TenantWorld.Now;

    public bool IsJournalFull { get; set; }

    public TenantDefinitions Definitions { get; set; } = new TenantDefinitions("t", ConsentRegime.OptOut) with { Probes = ProbeSet.Empty.With([Probe("ask")]) };

    /// <summary>The sum of all differences told.</summary>
    public ProbeCounts Counts { get; } = new();

    public IEnumerable<JournalEntry> Journal => _journal.Select(j => j.Entry);

    public Turn Turn => new(NowMs, long.MaxValue, Definitions, KnowledgeSnapshot.Empty.With(FrozenDictionary<string, PlacementKnowledge>.Empty, Counts.Publish(), SegmentSizes.Empty, AdRates.Empty), ++_acts, this, this);

    public static Probe Probe(string id, params string[] topics)
    {
        var probe = new Probe { ProbeId = id, TextVersion = "v1", Placements = { "home" }, Purposes = { "advertising", "analytics" } };
        probe.Topics.AddRange(topics.Length == 0 ? ["*"] : topics);
        probe.Texts.Add(new ProbeText { Language = "en", Question = "Do you follow {topic}?", Reward = "A free week" });
        return probe;
    }

    public void Define(params Probe[] probes) => Definitions = Definitions with { Probes = ProbeSet.Empty.With(probes) };

    public RecordResult Record(ClientActor client, FootprintEvent e)
    {
        e.ClientId = client.Key.ClientId;
        e.Time ??= TenantWorld.At(NowMs);
        var result = new RecordResult();
        if (EventIntake.Prepare(e, 0, NowMs, () => $"act-{++_acts}", result))
        {
            client.Record(Turn, e, result);
        }

        return result;
    }

    /// <summary>So many views, each of weight 1.</summary>
    public void View(ClientActor client, string topic, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            Record(client, new FootprintEvent { Type = "view", Topics = { new TopicWeight { Topic = topic, Weight = 1 } } });
        }
    }

    public static FootprintEvent Answer(string topic, string answer, string probe = "ask", string permit = "", FootprintEvent.Types.Channel channel = FootprintEvent.Types.Channel.Web)
    {
        var e = new FootprintEvent { Type = "probe-answer", Channel = channel, Topics = { new TopicWeight { Topic = topic, Weight = 1 } }, Properties = { ["answer"] = answer } };
        if (probe.Length > 0)
        {
            e.Properties["probe"] = probe;
        }

        if (permit.Length > 0)
        {
            e.Properties["permit"] = permit;
        }

        return e;
    }

    public ProbeQuestion? Pick(ClientActor client, string placement = "home", string language = "")
    {
        var request = new PickContentRequest { ClientId = client.Key.ClientId, Placement = placement };
        if (language.Length > 0)
        {
            request.Context = new Context { Attributes = { ["language"] = language } };
        }

        var response = new PickContentResponse { Probe = new ProbeQuestion { ProbeId = "of an answer before" } };
        client.PickContent(Turn, request, response);
        return response.Probe;
    }

    public void Deny(ClientActor client, string purpose, string category = "*") => client.SetConsents(
        Turn,
        new SetConsentsRequest { Consents = { new V1.Consent { Purpose = purpose, Category = category, Decision = V1.Consent.Types.Decision.Deny } } },
        new SetConsentsResponse());

    public void Confirm(ClientActor client, string topic, bool isTrue) => client.ConfirmInterest(
        Turn,
        new ConfirmInterestRequest { Topic = topic, Answer = isTrue ? ConfirmInterestRequest.Types.Answer.Confirm : ConfirmInterestRequest.Types.Answer.Reject },
        new ConfirmInterestResponse());

    public static Interest.Types.Trust? Trust(ClientActor client, string topic) =>
        client.Profile.Interests.Find(topic) is >= 0 and var i ? client.Profile.Interests[i].Trust : null;

    /// <summary>The client as it comes back from its journal alone, or from a checkpoint.</summary>
    public ClientActor Replay(ClientActor client) => ClientActor.Load(client.Key, [], _journal.Where(j => j.Client == client.Key).Select(j => j.Entry));

    public static ClientActor Reload(ClientActor client) => ClientActor.Load(client.Key, client.Checkpoint(), []);

    public static string Rows(IEnumerable<StoredProbeCount> rows) => string.Join('\n', rows.Select(r => r.ToString()));

    public static Duration Days(int days) => new() { Seconds = days * 86_400 };

    public void Append(ClientKey client, JournalEntry entry)
    {
        if (IsJournalFull)
        {
            throw new GridException(Google.Rpc.Code.ResourceExhausted, "full");
        }

        _journal.Add((client, entry.Clone()));
    }

    public void Observe(string tenant, in ItemObservation observation)
    {
    }

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks)
    {
    }

    public void Observe(string tenant, StoredProbeCount difference) => Counts.Add(difference);

    public void Observe(string tenant, StoredSegmentCount difference)
    {
    }
}
