using System.Collections;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Pages;
using Footprint.Grid.Pages.My;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Api.Tests.My;

/// <summary>
/// The page lacks nothing: whatever field of the stored profile is changed, the page changes with it, but for what is named
/// here with the reason; all of it is in the download. A field that is new fails until it is on the page or among these.
/// </summary>
public sealed class MyPageFieldsTests
{
    private const long Now = 1_790_000_000_000;
    private const string Bookkeeping = "where the store is with its journal";
    private const string Formula = "how what is shown is added up";
    private const string Together = "follows from what is kept by kinds of acts, which is shown together";
    private const string Counting = "what of it counts in reports";
    private const string Hash = "a hash by which what comes twice is known";
    private const string Using = "for what it is used, which the kind of data says";
    private const string Caps = "what caps count it by and for how long";
    private const string Owner = "whose caps count it; who got what is shown by day";
    private const string Stating = "by which what is said again is known; since when it counts is shown";
    private const string Ending = "what the history of decisions follows from";
    private const string Kind = "whether it is an item, a campaign or a line item; its id is shown";
    private const string Asking = "how often and whether anything may be asked; when each topic was is shown";
    private const string Picking = "whether it is picked again, which follows from the act";
    private const string Learning = "what a pick was judged by, for its outcomes; what was shown is shown";
    private const string Rules = "which rules of retention it goes by; the acts by type are shown";
    private const string Ids = "since when an id is whose; the ids are shown";

    private static readonly Dictionary<string, string> _inTheDownloadAlone = new()
    {
        ["remembered_events"] = Hash,
        ["alias_of"] = "nothing else is kept of an id that leads to a client",
        ["erased_at_ms"] = "until when events are too old to come in",
        ["journal_sequence"] = Bookkeeping,
        ["version"] = Bookkeeping,
        ["reference_ms"] = Formula,
        ["counters.five_minutes"] = Formula,
        ["counters.five_minutes_count"] = Formula,
        ["counters.hours"] = Formula,
        ["counters.days"] = Formula,
        ["first_seen_ms"] = Together,
        ["last_seen_ms"] = Together,
        ["interests.confirmed_ms"] = Formula,
        ["interests.categories"] = Using,
        ["interests.seen.categories"] = Using,
        ["seen.categories"] = Using,
        ["sessions.categories"] = Using,
        ["column_categories"] = Using,
        ["counters.categories"] = Using,
        ["recent_items.categories"] = Using,
        ["ad_answers.categories"] = Using,
        ["money.types"] = Rules,
        ["declared_money.types"] = Rules,
        ["money.last_purchase_ms"] = "the last of all purchases is shown, here one that also declared something",
        ["known"] = Ids,
        ["linked_ids.not_before_ms"] = Ids,
        ["linked_ids.unlinked_ms"] = Ids,
        ["countries_ms"] = "when the client was in its country, which is shown",
        ["interests.rejected_ms"] = "an earlier no, which is among the steps of trust",
        ["impressions.until_ms"] = Caps,
        ["ad_impressions.until_ms"] = Caps,
        ["content_impressions.until_ms"] = Caps,
        ["impressions.topics"] = Caps,
        ["ad_impressions.topics"] = Caps,
        ["content_impressions.topics"] = Caps,
        ["ad_impressions_lost_ms"] = Caps,
        ["content_impressions_lost_ms"] = Caps,
        ["ad_impressions_lost.recipient"] = Caps,
        ["ad_impressions_lost.time_ms"] = Caps,
        ["impressions.recipient"] = Owner,
        ["ad_impressions.recipient"] = Owner,
        ["content_impressions.recipient"] = Owner,
        ["traits.source_categories"] = Using,
        ["trust_history.source_categories"] = Using,
        ["trust_history.categories"] = Using,
        ["idle_from_ms"] = "from when idleness counts where nothing bears a time",
        ["consents.stated_time"] = Stating,
        ["consent_history.stated_time"] = Stating,
        ["consents.ended_until"] = Ending,
        ["consent_history.ended_until"] = Ending,
        ["segments.counted"] = Counting,
        ["probes.moved"] = Counting,
        ["probes.topics.level"] = Counting,
        ["probes.topics.counted"] = Counting,
        ["impressions.kind"] = Kind,
        ["ad_impressions.kind"] = Kind,
        ["content_impressions.kind"] = Kind,
        ["ad_answers.kind"] = Kind,
        ["probes.asked_ms"] = Asking,
        ["probes.asked_categories"] = Using,
        ["probes.topics.categories"] = Using,
        ["probes.topics.channel"] = "the step of trust to it says where it was asked",
        ["probes.closed"] = Asking,
        ["recent_items.spent"] = Picking,
        ["recent_items.disliked"] = Picking,
        ["shown_picks.decision_hash"] = Learning,
        ["shown_picks.item_id"] = Learning,
        ["shown_picks.placement"] = Learning,
        ["shown_picks.time_ms"] = Learning,
        ["shown_picks.features"] = Learning,
        ["shown_picks.predicted"] = Learning,
        ["shown_picks.stated"] = Learning,
        ["shown_picks.worth"] = Learning,
        ["shown_picks.outcomes"] = Learning,
        ["shown_picks.categories"] = Learning,
        ["shown_picks.reward"] = Learning,
        ["shown_picks.ad"] = Learning,
        ["shown_picks.delay"] = Learning,
    };

    public static TheoryData<string> Fields => [.. Leaves(StoredProfile.Descriptor, "")];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Page_FieldOfTheStoredProfileChanged_Changes(string path)
    {
        var stored = Filled();
        var before = Render(stored);

        Assert.True(Change(stored, path.Split('.'), 0), $"{path} is empty in this test");

        Assert.Equal((path, _inTheDownloadAlone.ContainsKey(path)), (path, Render(stored) == before));
    }

    [Fact]
    public void Page_FieldsThatAreNotThere_AreFields() => Assert.Empty(_inTheDownloadAlone.Keys.Except(Leaves(StoredProfile.Descriptor, "")));

    private static IEnumerable<string> Leaves(MessageDescriptor message, string path) => message.Fields.InDeclarationOrder().SelectMany(field =>
        field.FieldType == FieldType.Message && field.MessageType.FullName != Timestamp.Descriptor.FullName
            ? Leaves(field.MessageType, $"{path}{field.Name}.")
            : [path + field.Name]);

    private static string Render(StoredProfile stored)
    {
        var client = new ClientActor(new ClientKey("t", "c"), ProfileCodec.Load(stored.Clone()));
        var turn = new Turn(Now, long.MaxValue, new TenantDefinitions("t", ConsentRegime.OptOut), KnowledgeSnapshot.Empty, 1, NoJournal.Instance, new MyConsentsTests.NoLearning());
        return FootprintPage.Render(new FootprintView("c", client.Export(turn, new ExportRequest()), PageLanguage.All[0], "t0ken", null, 30));
    }

    // Something in every field, and two of what there are several of.
    private static StoredProfile Filled()
    {
        var stored = (StoredProfile)Fill(new StoredProfile(), 1);
        stored.AliasOf = "";
        stored.HalfLifeS.Clear();
        stored.HalfLifeS.Add([86_400, 864_000]);
        stored.ColumnReferenceMs.Clear();
        stored.ColumnReferenceMs.Add([Now - 86_400_000, Now - 86_400_000]);
        stored.ColumnCategories.Clear();
        stored.ColumnCategories.Add([1, 1]);

        // The other has evidence of several kinds.
        stored.Interests[1].Seen.Clear();
        foreach (var step in stored.TrustHistory.Index())
        {
            _ = step.Index == 0 ? step.Item.Topic = "" : step.Item.Trait = "";
        }

        foreach (var counter in stored.Counters)
        {
            Bucket(counter.FiveMinutes, counter.FiveMinutesCount, 300_000);
            Bucket(counter.Hours, counter.HoursCount, 3_600_000);
            Bucket(counter.Days, counter.DaysCount, 86_400_000);
            counter.Total = 9;
        }

        stored.DeclaredMoney.LastPurchaseMs = Now;
        var day = stored.Disclosures[0];
        day.Day = (uint)(Now / 86_400_000);
        (stored.Disclosures[1].Day, stored.Disclosures[1].Purpose, stored.Disclosures[1].Kind) = (0, "", Disclosure.Types.Kind.Unspecified);
        return stored;
    }

    private static void Bucket(IList<uint> numbers, IList<uint> counts, long width)
    {
        numbers.Clear();
        counts.Clear();
        numbers.Add((uint)(Now / width));
        counts.Add(2);
    }

    private static IMessage Fill(IMessage message, int seed)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                list.Add(Value(field, seed));
                list.Add(Value(field, seed + 1));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, seed));
            }
        }

        return message;
    }

    private static object Value(FieldDescriptor field, int seed) => field.FieldType switch
    {
        FieldType.Message when field.MessageType.FullName == Timestamp.Descriptor.FullName => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Now - (seed * 3_600_000))),
        FieldType.Message => Fill(field.MessageType.Parser.ParseFrom(ByteString.Empty), seed),
        FieldType.String => field.Name switch
        {
            "category" => "location",
            "countries" => seed == 1 ? "ES" : "VN",
            _ => $"{field.Name}-{seed}",
        },
        FieldType.Bool => false,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[Math.Min(2, field.EnumType.Values.Count - 1)].Number),
        FieldType.Double => 3.5,
        FieldType.Float => 0.5f,
        FieldType.SInt64 => Now - (seed * 3_600_000),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)seed,
        _ => (ulong)seed,
    };

    // Every value at that path; false when there is none.
    private static bool Change(IMessage message, string[] path, int at)
    {
        var field = message.Descriptor.FindFieldByName(path[at]);
        var value = field.Accessor.GetValue(message);
        if (at < path.Length - 1)
        {
            var inner = field.IsRepeated ? ((IList)value).Cast<IMessage>() : value is IMessage one ? [one] : [];
            return inner.ToList().ConvertAll(m => Change(m, path, at + 1)).Contains(true);
        }

        if (field.IsRepeated)
        {
            var list = (IList)value;
            for (var i = 0; i < list.Count; i++)
            {
                list[i] = Other(field, list[i]!);
            }

            return list.Count > 0;
        }

        if (value is null or "" && path is not ["alias_of"])
        {
            return false;
        }

        field.Accessor.SetValue(message, Other(field, value!));
        return true;
    }

    private static object Other(FieldDescriptor field, object value) => value switch
    {
        string text => text + "x",
        bool flag => !flag,
        double number => number * 2,
        float number => number * 2,
        long time => time - (3 * 86_400_000),
        uint number => number + 1,
        ulong number => number + 1,
        Timestamp time => Timestamp.FromDateTimeOffset(time.ToDateTimeOffset().AddDays(-1)),
        _ => System.Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[(field.EnumType.FindValueByNumber((int)value).Index + 1) % field.EnumType.Values.Count].Number),
    };
}
