using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class PickBytesTests
{
    [Fact]
    public void Encode_AnyDecision_SameBytesAsOfItsMessage() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        (TenantWorld grid, ClientActor client) = World(seed);
        (TenantWorld twin, ClientActor twinClient) = World(seed);
        var request = new PickContentRequest { ClientId = "c", Placement = "p", Count = 1 + (seed % 40) };
        if (seed % 4 == 0)
        {
            request.Candidates.AddRange(Enumerable.Range(0, 70).Select(i => Name("i", i * 3)).Append("none"));
        }

        if (seed % 3 == 0)
        {
            request.Context = new Context { Topics = { new TopicWeight { Topic = Name("t", seed % 20), Weight = 1 } } };
        }

        for (int round = 0; round < 2; round++)
        {
            var message = new PickContentResponse();
            twinClient.PickContent(twin.Turn(), request, message);

            Assert.Equal(message.ToByteArray(), Encode(client, grid, request));
        }
    }).QuickCheckThrowOnFailure();

    // A plain request from its bytes, another from its message.
    private static byte[] Encode(ClientActor client, TenantWorld grid, PickContentRequest request)
    {
        Turn turn = grid.Turn();
        ReadOnlySpan<byte> bytes = PickRequestBytes.TryRead(request.ToByteArray(), out PickRequestBytes read) ? client.EncodeContent(turn, read, new PickContentResponse()) : [];
        return (bytes.IsEmpty ? client.EncodeContent(turn, request, new PickContentResponse()) : bytes).ToArray();
    }

    [Fact]
    public void Encode_RequestsThatAreRefusedOrNotPlain_LeftToTheirMessages()
    {
        var grid = new TenantWorld();
        grid.Items(TenantWorld.Item("i", "t"));
        ClientActor client = TenantWorld.NewClient();
        PickContentRequest[] others =
        [
            new() { ClientId = "c" },
            new() { ClientId = "ü", Placement = "p" },
            new() { ClientId = "c", Placement = "p", Count = 101 },
            new() { ClientId = "c", Placement = "p", Count = -1 },
            new() { ClientId = "c", Placement = "p", DeadlineMs = 60_001 },
            new() { ClientId = "c", Placement = "p", Candidates = { "i", "" } },
            new() { ClientId = "c", Placement = "p", Candidates = { "i", "ü" } },
            new() { ClientId = "c", Placement = "p", Candidates = { "i", new string('x', 129) } },
            new() { ClientId = "c", Placement = "p", Candidates = { Enumerable.Repeat("i", 1001) } },
            new() { ClientId = "c", Placement = "p", Exclude = { "i" } },
            new() { ClientId = "c", Placement = "p", Recipient = "r" },
            new() { ClientId = "c", Placement = "p", Language = "en" },
            new() { ClientId = "c", Placement = "p", Context = new Context() },
        ];

        Assert.All(others, other => Assert.True(
            !PickRequestBytes.TryRead(other.ToByteArray(), out PickRequestBytes read) || client.EncodeContent(grid.Turn(), read, new PickContentResponse()).IsEmpty));
        Assert.False(PickRequestBytes.TryRead([0x0A, 0x01], out _));
        Assert.True(PickRequestBytes.TryRead(new PickContentRequest { ClientId = "c", Placement = "p", Count = 100, DeadlineMs = 60_000, Candidates = { "i", "none" } }.ToByteArray(), out _));
        Assert.Equal(0UL, client.Profile.Version);
    }

    [Fact]
    public void Encode_MoreThanTheEncoderTakes_StillAllOfIt()
    {
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, 1000).Select(i => TenantWorld.Item(new string('€', 300) + i))]);
        ClientActor client = TenantWorld.NewClient();
        grid.Record(client, TenantWorld.Event("e", topic: "t"));
        var request = new PickContentRequest { Placement = "p", Count = 100 };

        PickContentResponse answer = PickContentResponse.Parser.ParseFrom(client.EncodeContent(grid.Turn(), request, new PickContentResponse()));

        Assert.Equal(100, answer.Picks.Count);
        Assert.All(answer.Picks, p => Assert.StartsWith("€€", p.ItemId));
    }

    // Of up to 16 bytes, one more than what is short, and some of more than one byte a letter.
    private static string Name(string kind, int number) => kind + number + new string(number % 5 == 0 ? 'ü' : 'x', number % 14);

    private static (TenantWorld Grid, ClientActor Client) World(int seed)
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, 100).Select(i => TenantWorld.Item(Name("i", i), [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Name("t", random.Next(20))).Distinct()]))]);
        for (int n = 0; n < 10; n++)
        {
            ClientActor other = TenantWorld.NewClient($"other{n}");
            for (int e = 0; e < 6; e++)
            {
                grid.Record(other, TenantWorld.Event($"{n}-{e}", item: Name("i", random.Next(30)), minutesAgo: 10 - e));
            }
        }

        grid.Learn();
        ClientActor client = TenantWorld.NewClient();
        for (int e = 0; e < random.Next(25); e++)
        {
            grid.Record(client, TenantWorld.Event($"c{e}", item: Name("i", random.Next(30)), minutesAgo: 40 - e));
        }

        return (grid, client);
    }
}
