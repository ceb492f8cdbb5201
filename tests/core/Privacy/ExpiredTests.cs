using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Answering = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// What was too old to be kept might never have been: of two clients, of whom one did something of other kinds besides, all of it
/// too long ago, the stored profiles are the same to the byte once that has expired, in whatever order they heard of it; but for when
/// they first spoke, where that was one of two noes to one thing.
/// </summary>
public sealed class ExpiredTests
{
    private const long DayMs = 86_400_000;
    private const int KeptDays = 30;

    // Of the acts below, those that declare.
    private const int Word = 1 << 2;
    private static readonly string[] _topics = ["golf", "ski", "chess"];
    private static readonly string[][] _acts = [["view", "like", "dislike"], ["purchase", TwinWorld.Order.Type], ["declare", TwinWorld.Tell.Type], [TwinWorld.Subscribe.Type]];

    [Fact]
    public void Profile_EverythingOldExpired_AsIfItHadNeverBeen() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        string trace = Trace(seed);
        return (trace.Length == 0).Label(trace);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    /// <summary>What is left of what expired, the first in so many worlds; empty for nothing.</summary>
    internal static string FirstTrace(int fromSeed, int count) =>
        Enumerable.Range(fromSeed, count).Select(Trace).FirstOrDefault(trace => trace.Length > 0, "");

    private static string Trace(int seed)
    {
        var random = new Random(seed);
        ClientActor[] both = [TenantWorld.NewClient(), TenantWorld.NewClient()];
        var log = new List<string>();
        int old = random.Next(1, (1 << _acts.Length) - 1);
        string answer = random.Next(2) == 0 ? "yes" : "no";
        foreach (ClientActor client in both)
        {
            // Who counted in reports once does so until that may not be.
            client.SetConsents(Turn(), new SetConsentsRequest { Consents = { new V1.Consent { Purpose = Purposes.Analytics, Decision = Decision.Deny } } }, new SetConsentsResponse());
        }

        for (int n = random.Next(2, 16); n > 0; n--)
        {
            // Where acts that declared have expired, when the first that is left was is known by what it left, and an answer leaves no trace of that.
            if ((old & Word) == 0 && random.Next(6) == 0)
            {
                Say(random, both, log);
                continue;
            }

            int kind = random.Next(_acts.Length);
            bool isOld = (old & (1 << kind)) != 0;
            FootprintEvent e = random.Next(4) == 0 ? Answer(random, n, answer) : Event(random, n, _acts[kind][random.Next(_acts[kind].Length)], isOld);
            isOld = e.Type != EventTypeTable.ProbeAnswer ? isOld : answer == "yes" && (old & Word) != 0;
            e.Time = TenantWorld.At(TenantWorld.Now - (isOld ? (KeptDays + 2) * DayMs : 0) - random.NextInt64((KeptDays - 2) * DayMs));
            log.Add($"{(isOld ? "only one: " : "")}{(EventIntake.TimeMs(e.Time) - TenantWorld.Now) / DayMs}d {e.Type} {e.Topics} {e.Traits} {e.Properties}");
            foreach (ClientActor client in isOld ? both[..1] : both)
            {
                FootprintEvent act = e.Clone();
                Assert.True(EventIntake.Prepare(act, 0, TenantWorld.Now, () => "", new RecordResult()));
                client.Record(Turn(), act, new RecordResult());
            }
        }

        var rules = new RetentionRules { Categories = Enum.GetValues<DataCategories>().Where(c => int.PopCount((int)c) == 1).ToDictionary(TwinWorld.Name, _ => TimeSpan.FromDays(KeptDays)) };
        StoredProfile[] left = Array.ConvertAll(both, client =>
        {
            client.Expire(Turn(), rules);
            return Left(client.Profile, mayHaveSaidNoTwice: answer == "no" && (old & Word) != 0);
        });
        IEnumerable<string> fields = StoredProfile.Descriptor.Fields.InDeclarationOrder()
            .Where(f => !Equals(f.Accessor.GetValue(left[0]), f.Accessor.GetValue(left[1])))
            .Select(f => $"{f.Name}: {f.Accessor.GetValue(left[0])} and {f.Accessor.GetValue(left[1])}");
        return left[0].ToByteString() == left[1].ToByteString() ? "" : $"{string.Join(", ", fields)} differ: {string.Join("; ", log)}";
    }

    // Of a statement that both have alike: of what only one has it would be another answer.
    private static void Say(Random random, ClientActor[] both, List<string> log)
    {
        Answering answer = random.Next(3) == 0 ? Answering.Confirm : Answering.Reject;
        StoredTrait?[] stated = Array.ConvertAll(both, client => client.Profile.Traits.Find("city"));
        if (stated[0] is { Trust: not Trust.Rejected } first && first.Equals(stated[1]))
        {
            log.Add($"{answer} city");
            foreach (ClientActor client in both)
            {
                client.ConfirmInterest(Turn(), new ConfirmInterestRequest { ClientId = "c", Trait = "city", Answer = answer }, new());
            }
        }
    }

    // In one order. When somebody first spoke is, once that was too long ago, when the first of what is left was said, and of two
    // noes to one thing one is left.
    private static StoredProfile Left(ClientProfile profile, bool mayHaveSaidNoTwice)
    {
        profile.Forget(DataCategories.None);
        StoredProfile stored = ProfileCodec.Save(profile);
        (stored.Version, stored.JournalSequence) = (0, 0);
        stored.RememberedEvents.Clear();
        if (mayHaveSaidNoTwice)
        {
            stored.FirstSeenMs = 0;
            foreach (StoredSeen seen in stored.Seen.Where(seen => (seen.Categories & (uint)DataCategories.Declared) != 0))
            {
                seen.FirstMs = 0;
            }
        }

        return stored;
    }

    private static FootprintEvent Event(Random random, int number, string type, bool isOld)
    {
        var e = new FootprintEvent
        {
            EventId = $"e{number}",
            ClientId = "c",
            Type = type,
            ItemId = random.Next(2) == 0 ? $"{type}{random.Next(4)}" : "",
            Channel = (FootprintEvent.Types.Channel)random.Next(1, 7),
            Imported = random.Next(4) == 0,
            Kind = random.Next(3) == 0 ? FootprintEvent.Types.Kind.Active : FootprintEvent.Types.Kind.Passive,
        };
        if (type is not ("view" or "like" or "dislike" or "declare"))
        {
            e.Value = new Value { Amount = random.Next(1, 500), Currency = "EUR" };
        }

        if (random.Next(3) > 0)
        {
            e.Topics.Add(new TopicWeight { Topic = _topics[random.Next(_topics.Length)], Weight = random.Next(1, 4) });
        }

        if (random.Next(3) == 0)
        {
            e.Traits.Add(new TraitValue { Name = "city", Value = $"{random.Next(3)}", Category = isOld ? "location" : "contact" });
        }

        return e;
    }

    private static FootprintEvent Answer(Random random, int number, string answer) => new()
    {
        EventId = $"e{number}",
        ClientId = "c",
        Type = EventTypeTable.ProbeAnswer,
        Topics = { new TopicWeight { Topic = _topics[random.Next(_topics.Length)], Weight = 1 } },
        Properties = { ["answer"] = answer },
    };

    private static Turn Turn() => new(
        TenantWorld.Now, long.MaxValue, TwinWorld.Definitions, TwinWorld.Knowledge, 1, new TwinWorld.Journal(), new TwinWorld.Learning([], []));
}
