using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>Whose law holds follows from what one heard of where the client was, and not from the order in which one did.</summary>
public sealed class WhereaboutsTests
{
    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void With_AnyOrderAndGrouping_TellsTheSame() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        (string Country, long AtMs)[] heard = [.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => ($"{(char)('A' + random.Next(12))}A", random.NextInt64(4)))];
        Whereabouts once = Grouped([.. heard.Select(h => Whereabouts.At([h.Country], h.AtMs))], random);
        random.Shuffle(heard);
        Whereabouts again = Grouped([.. heard.Concat(heard).Select(h => Whereabouts.At([h.Country], h.AtMs))], random);
        long last = heard.Max(h => h.AtMs);
        string[] expected = [.. Known(heard.Where(h => h.AtMs == last && last > 0)).Union(Known(heard.Where(h => h.AtMs == 0))).Order(StringComparer.Ordinal)];

        return Text(once) == Text(again) && again.All.SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    /// <summary>Events come under several ids, in any order, before and after these are linked; some ids are of earlier versions, which did not say when.</summary>
    [Fact]
    public void Record_EventsInAnyOrderUnderIdsLinkedAtAnyTime_SameLawHolds() => Prop.ForAll(Seeds, seed =>
    {
        string[] laws = [.. Enumerable.Range(0, 3).Select(run => Law(new Random(seed), new Random(run)))];

        return laws.All(law => law == laws[0]);
    }).QuickCheckThrowOnFailure();

    // What happened is told by the one, and in what order by the other.
    private static string Law(Random what, Random order)
    {
        var grid = new TenantWorld();
        string[] ids = ["known", "device-1", "device-2", "device-3"];
        ClientActor[] clients = [.. ids.Select(id => new ClientActor(new ClientKey("t", id), Old(what)))];
        var steps = new List<Action>();
        for (int i = what.Next(1, 9); i > 0; i--)
        {
            FootprintEvent e = TenantWorld.Event($"e{i}", minutesAgo: what.Next(6 * 60));
            e.Context = new Context { Attributes = { ["country"] = what.Next(3) switch { 0 => "DE", 1 => "US", _ => "ES" } } };
            int under = what.Next(ids.Length);
            e.ClientId = ids[under];
            steps.Add(() => grid.Record(clients[under].AliasOf is null ? clients[under] : clients[0], e));
        }

        steps.AddRange(clients.Skip(1).Select<ClientActor, Action>(device => () => clients[0].Link(grid.Turn(), device)));
        Action[] all = [.. steps];
        order.Shuffle(all);
        foreach (Action step in all)
        {
            step();
        }

        return Text(clients[0].Profile.Whereabouts);
    }

    private static ClientProfile Old(Random random) => random.Next(3) > 0 ? new ClientProfile()
        : ProfileCodec.Load(new StoredProfile { Version = 1, Countries = { random.Next(2) == 0 ? "FR" : "DE" } });

    // Added up in whatever groups.
    private static Whereabouts Grouped(List<Whereabouts> parts, Random random)
    {
        while (parts.Count > 1)
        {
            int at = random.Next(parts.Count - 1);
            parts[at] = parts[at].With(parts[at + 1]);
            parts.RemoveAt(at + 1);
        }

        return parts[0];
    }

    private static IEnumerable<string> Known(IEnumerable<(string Country, long AtMs)> heard) =>
        heard.Select(h => h.Country).Distinct().Order(StringComparer.Ordinal).Take(ProfileLimits.Countries);

    private static string Text(Whereabouts there) => $"{string.Join(' ', there.Last)} at {there.LastMs} and {string.Join(' ', there.Undated)}";
}
