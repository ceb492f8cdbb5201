using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>
/// Spoiled stored bytes: an actor either says that they are corrupt or comes to life, and then every turn on it works
/// and what it stores loads again.
/// </summary>
public sealed class StoredBytesFuzzTests
{
    private const long NowMs = 1_800_000_000_000;
    private static readonly ClientKey _key = new("default", "c1");

    [Fact]
    public void Checkpoint_Spoiled_IsCorruptOrWorks() => ForEachSeed((mutator, what) =>
    {
        var checkpoint = mutator.Mutate(StoredSamples.Checkpoint(StoredSamples.Profile().ToByteArray()));

        LoadAndUse(checkpoint, [], what);
    });

    [Fact]
    public void Profile_SpoiledUnderAGoodChecksum_IsCorruptOrWorks() => ForEachSeed((mutator, what) =>
    {
        var checkpoint = StoredSamples.Checkpoint(mutator.Mutate(StoredSamples.Profile().ToByteArray()));

        LoadAndUse(checkpoint, [], what);
    });

    [Fact]
    public void JournalEntry_Spoiled_IsCorruptOrWorks() => ForEachSeed((mutator, what) =>
    {
        var entries = StoredSamples.Journal();
        var spoiled = mutator.Next(entries.Count);
        try
        {
            entries[spoiled] = JournalEntry.Parser.ParseFrom(mutator.Mutate(entries[spoiled].ToByteArray()));
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            // A store that cannot even parse an entry has no entry to give.
            return;
        }

        LoadAndUse([], entries, what);
    });

    [Fact]
    public void StoredBytes_AsWritten_Load()
    {
        var actor = ClientActor.Load(_key, StoredSamples.Checkpoint(StoredSamples.Profile().ToByteArray()), []);
        var replayed = ClientActor.Load(_key, [], StoredSamples.Journal());

        Assert.Equal(7ul, actor.JournalSequence);
        Assert.Equal((ulong)StoredSamples.Journal().Count, replayed.JournalSequence);
    }

    private static void LoadAndUse(byte[] checkpoint, IReadOnlyList<JournalEntry> journal, string what)
    {
        try
        {
            ClientActor actor;
            try
            {
                actor = ClientActor.Load(_key, checkpoint, journal);
            }
            catch (CorruptRecordException)
            {
                return;
            }

            if (actor.AliasOf is null)
            {
                Use(actor);
            }

            var again = ClientActor.Load(_key, actor.Checkpoint(), []);
            Assert.Equal(actor.JournalSequence, again.JournalSequence);
        }
        catch (Exception fault)
        {
            Assert.Fail($"{what}: {fault}\ncheckpoint {Convert.ToHexString(checkpoint)}\njournal {string.Join(' ', journal)}");
        }
    }

    private static void Use(ClientActor actor)
    {
        var definitions = new TenantDefinitions("default", ConsentRegime.OptOut);
        var turn = new Turn(NowMs, NowMs + 1000, definitions, KnowledgeSnapshot.Empty, 1, new NoJournal(), new NoLearning());
        var one = new FootprintEvent { EventId = "new", ClientId = "c1", Type = "view", ItemId = "i9", Time = new() { Seconds = NowMs / 1000 } };
        actor.Record(turn, one, new RecordResult());
        actor.PickContent(turn, new PickContentRequest { ClientId = "c1", Placement = "home" }, new PickContentResponse());
        actor.TargetAds(turn, new TargetAdsRequest { ClientId = "c1", Placement = "home" }, new TargetAdsResponse());
        Assert.All(actor.View(turn, new GetProfileRequest()).Interests, interest => Assert.True(double.IsFinite(interest.Affinity), $"{interest}"));
        JsonFormatter.Default.Format(actor.Export(turn, new ExportRequest()));
    }

    private static void ForEachSeed(Action<Mutator, string> test)
    {
        foreach (var seed in FuzzRounds.Seeds)
        {
            test(new Mutator(seed), $"seed {seed}");
        }
    }

    private sealed class NoJournal : IJournal
    {
        public void Append(ClientKey client, JournalEntry entry)
        {
        }
    }

    private sealed class NoLearning : ILearning
    {
        public void Observe(string tenant, in ItemObservation observation)
        {
        }

        public void Observe(string tenant, ReadOnlySpan<PickObservation> picks)
        {
        }

        public void Observe(string tenant, StoredProbeCount difference)
        {
        }

        public void Observe(string tenant, StoredSegmentCount difference)
        {
        }
    }
}
