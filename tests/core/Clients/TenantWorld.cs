using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>A tenant without an engine: definitions, knowledge, a journal in memory, and turns at a clock that stands still.</summary>
internal sealed class TenantWorld : IJournal, ILearning
{
    public const long Now = 1_790_000_000_000;

    /// <summary>The purposes for which anything is kept.</summary>
    public static readonly string[] Keeping = [Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Measurement];

    private ulong _turns;

    public TenantDefinitions Definitions { get; set; } = new("t", ConsentRegime.OptOut);

    public KnowledgeBase Learner { get; } = new();

    public KnowledgeSnapshot Knowledge { get; set; } = KnowledgeSnapshot.Empty;

    public List<(ClientKey Client, JournalEntry Entry)> Journal { get; } = [];

    public bool IsJournalFull { get; set; }

    public static ClientActor NewClient(string id = "c") => new(new ClientKey("t", id), new ClientProfile());

    /// <summary>Rules of retention by data category.</summary>
    public static RetentionRules Rules(params (string Category, int Days)[] rules) =>
        new() { Categories = rules.ToDictionary(r => r.Category, r => TimeSpan.FromDays(r.Days)) };

    public Turn Turn(long nowMs = Now, long deadlineMs = long.MaxValue) =>
        new(nowMs, deadlineMs, Definitions, Knowledge, ++_turns, this, this);

    public void Append(ClientKey client, JournalEntry entry)
    {
        if (IsJournalFull)
        {
            throw new GridException(Google.Rpc.Code.ResourceExhausted, "full");
        }

        Journal.Add((client, entry.Clone()));
    }

    public void Observe(string tenant, in ItemObservation observation) => Learner.Observe(observation);

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks) => Learner.Observe(picks);

    public void Observe(string tenant, StoredProbeCount difference) => Learner.Observe(difference);

    public void Observe(string tenant, StoredSegmentCount difference) => Learner.Observe(difference);

    public void Learn() => Knowledge = Learner.Publish(Definitions.Items, Now);

    public void Items(params Item[] items) => Definitions = Definitions with { Items = Definitions.Items.With(items) };

    public RecordResult Record(ClientActor client, FootprintEvent e)
    {
        var result = new RecordResult();
        if (EventIntake.Prepare(e, 0, Now, () => $"made-{_turns}", result))
        {
            client.Record(Turn(), e, result);
        }

        return result;
    }

    public PickContentResponse Pick(ClientActor client, PickContentRequest? request = null, long deadlineMs = long.MaxValue)
    {
        var response = new PickContentResponse();
        client.PickContent(Turn(deadlineMs: deadlineMs), request ?? new PickContentRequest { ClientId = client.Key.ClientId, Placement = "home" }, response);
        return response;
    }

    public void Consent(ClientActor client, string purpose, V1.Consent.Types.Decision decision)
    {
        var request = new SetConsentsRequest { Consents = { new V1.Consent { Purpose = purpose, Decision = decision } } };
        client.SetConsents(Turn(), request, new SetConsentsResponse());
    }

    /// <summary>The client as it comes back from its journal alone.</summary>
    public ClientActor Replay(ClientActor client) =>
        ClientActor.Load(client.Key, [], Journal.Where(j => j.Client == client.Key).Select(j => j.Entry));

    public static FootprintEvent Event(string id, string type = "view", string item = "", string topic = "", double minutesAgo = 0)
    {
        var e = new FootprintEvent { EventId = id, ClientId = "c", Type = type, ItemId = item, Time = At(Now - (long)(minutesAgo * 60_000)) };
        if (topic.Length > 0)
        {
            e.Topics.Add(new TopicWeight { Topic = topic, Weight = 1 });
        }

        return e;
    }

    public static FrequencyCap Cap(int count, long windowMs) => new() { Count = count, Window = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(windowMs)) };

    public static Item Item(string id, params string[] topics)
    {
        var item = new Item { ItemId = id };
        item.Topics.AddRange(topics.Select(t => new TopicWeight { Topic = t, Weight = 1 }));
        return item;
    }

    public static Timestamp At(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));
}
