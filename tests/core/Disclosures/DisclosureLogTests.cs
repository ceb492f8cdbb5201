using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Tests.Disclosures;

/// <summary>The record of disclosures against a plain model: sum up all answers, keep the newest rows, count the rest by recipient.</summary>
public sealed class DisclosureLogTests
{
    private static readonly Arbitrary<StoredDisclosure[]> _rows = Rows().ToArbitrary();

    [Fact]
    public void Rows_AnyOrderAndGrouping_AreWhatTheModelSays() => Prop.ForAll(_rows, Gen.Choose(0, int.MaxValue).ToArbitrary(), (rows, seed) =>
    {
        StoredDisclosure[] shuffled = [.. rows];
        var random = new Random(seed);
        random.Shuffle(shuffled);
        int a = random.Next(rows.Length + 1);
        int b = random.Next(a, rows.Length + 1);
        DisclosureLog leftFirst = Log(rows[..a]);
        leftFirst.Merge(Log(rows[a..b]));
        leftFirst.Merge(Log(rows[b..]));
        DisclosureLog rightFirst = Log(rows[b..]);
        rightFirst.Merge(Log(rows[a..b]));
        DisclosureLog right = Log(rows[..a]);
        right.Merge(rightFirst);

        string expected = Model(rows);
        Assert.All([Log(rows), Log(shuffled), leftFirst, right, Loaded(leftFirst)], log => Assert.Equal(expected, Text(log)));
        return Saved(leftFirst).Aggregate(0UL, (sum, row) => sum + row.Count) == rows.Aggregate(0UL, (sum, row) => sum + row.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_ManyMoreThanTheBound_AreCountedByRecipientAndNothingIsLost()
    {
        StoredDisclosure[] rows = [.. Enumerable.Range(1, 2 * ProfileLimits.Disclosures).Select(day => Row((uint)day, "acme", "sharing", 3, 2, 1))];

        DisclosureLog log = Log(rows);

        Assert.Equal(ProfileLimits.Disclosures + 1, log.All.Count());
        StoredDisclosure earlier = log.All.Last();
        Assert.Equal(("acme", "", 0U, 2UL * ProfileLimits.Disclosures), (earlier.Recipient, earlier.Purpose, earlier.Day, earlier.Count));
    }

    [Fact]
    public void Put_AgainAndOlder_ChangesNothing() => Prop.ForAll(_rows, rows =>
    {
        var log = new DisclosureLog();
        foreach (StoredDisclosure row in rows.Take(ProfileLimits.Disclosures))
        {
            log.Put(row);
        }

        string before = Text(log);
        foreach (StoredDisclosure row in Saved(log))
        {
            log.Put(row);
            StoredDisclosure older = row.Clone();
            older.Count = 1;
            log.Put(older);
        }

        return Text(log) == before;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void HasRoomFor_AtTheBound_OnlyForThoseNamed()
    {
        DisclosureLog log = Log([.. Enumerable.Range(0, ProfileLimits.Recipients).Select(r => Row(1, $"r{r}", "sharing", 3, 1, 1))]);

        Assert.True(log.HasRoomFor("r5"));
        Assert.False(log.HasRoomFor("another"));
        Assert.True(log.HasRoomFor(Log([Row(9, "r7", "x", 3, 1, 1)])));
        Assert.False(log.HasRoomFor(Log([Row(9, "another", "x", 3, 1, 1)])));
    }

    private static Gen<StoredDisclosure[]> Rows() =>
        from count in Gen.Choose(0, 1200)
        from rows in Gen.ArrayOf(Row(), count)
        select rows;

    private static Gen<StoredDisclosure> Row() =>
        from day in Gen.Choose(1, 60)
        from recipient in Gen.Choose(0, 4)
        from purpose in Gen.Choose(0, 2)
        from kind in Gen.Choose(1, 4)
        from count in Gen.Choose(1, 9)
        from categories in Gen.Choose(1, 127)
        select Row((uint)day, $"r{recipient}", $"p{purpose}", kind, (ulong)count, (uint)categories);

    private static StoredDisclosure Row(uint day, string recipient, string purpose, int kind, ulong count, uint categories) => new()
    {
        Day = day,
        Recipient = recipient,
        Purpose = purpose,
        Kind = (Disclosure.Types.Kind)kind,
        Count = count,
        Categories = categories,
        FirstMs = (day * DisclosureLog.DayMs) + (long)count,
        LastMs = (day * DisclosureLog.DayMs) + (2 * (long)count),
    };

    private static DisclosureLog Log(IEnumerable<StoredDisclosure> rows)
    {
        var log = new DisclosureLog();
        foreach (StoredDisclosure row in rows)
        {
            var one = new DisclosureLog();
            one.Put(row);
            log.Merge(one);
        }

        return log;
    }

    private static DisclosureLog Loaded(DisclosureLog log)
    {
        var loaded = new DisclosureLog();
        loaded.Load(Saved(log), new SharedStrings());
        return loaded;
    }

    private static RepeatedField<StoredDisclosure> Saved(DisclosureLog log)
    {
        var saved = new RepeatedField<StoredDisclosure>();
        log.Save(saved);
        return saved;
    }

    private static string Text(DisclosureLog log) => string.Join('\n', Saved(log).Select(row => row.ToString()));

    private static string Model(StoredDisclosure[] rows)
    {
        StoredDisclosure[] days =
        [
            .. rows.GroupBy(r => (r.Day, r.Recipient, r.Purpose, r.Kind))
                .OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Recipient, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Purpose, StringComparer.Ordinal).ThenBy(g => g.Key.Kind)
                .Select(g => Sum(g, g.Key.Day, g.Key.Recipient, g.Key.Purpose, g.Key.Kind)),
        ];
        int over = Math.Max(0, days.Length - ProfileLimits.Disclosures);
        IEnumerable<StoredDisclosure> earlier = days[..over].GroupBy(r => r.Recipient).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Sum(g, 0, g.Key, "", Disclosure.Types.Kind.Unspecified));
        return string.Join('\n', earlier.Concat(days[over..]).Select(row => row.ToString()));
    }

    private static StoredDisclosure Sum(
        IEnumerable<StoredDisclosure> rows, uint day, string recipient, string purpose, Disclosure.Types.Kind kind) => new()
        {
            Day = day,
            Recipient = recipient,
            Purpose = purpose,
            Kind = kind,
            Count = rows.Aggregate(0UL, (sum, r) => sum + r.Count),
            Categories = rows.Aggregate(0U, (all, r) => all | r.Categories),
            FirstMs = rows.Min(r => r.FirstMs),
            LastMs = rows.Max(r => r.LastMs),
        };
}
