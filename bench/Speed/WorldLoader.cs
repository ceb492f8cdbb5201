using System.Net;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Redis;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Speed;

/// <summary>Brings a world into a server: into the node by its own gRPC, into the peer's Redis as the peer keeps it.</summary>
internal static class WorldLoader
{
    private const int ItemsAtOnce = 1000, ProfilesAtOnce = 40;

    public static void LoadItems(IPEndPoint node, string apiKey, SpeedWorld world)
    {
        using var load = new UnaryLoad(node, apiKey, connections: 1, inFlight: 1);
        load.Run(new MessageListSource("/footprint.grid.v1.Definitions/UpsertItems", (world.Items + ItemsAtOnce - 1) / ItemsAtOnce, number =>
        {
            var request = new UpsertItemsRequest();
            var first = (int)number * ItemsAtOnce;
            for (var item = first; item < Math.Min(world.Items, first + ItemsAtOnce); item++)
            {
                request.Items.Add(world.Item(item));
            }

            return request;
        }));
    }

    public static void LoadProfiles(IPEndPoint node, string apiKey, SpeedWorld world, WorldEvents events)
    {
        using var load = new StreamLoad(node, apiKey, connections: 2, ahead: 2);
        var sizes = new Dictionary<long, int>();
        load.Run(new MessageListSource(
            RecordStreamSource.StreamPath,
            (world.Profiles + ProfilesAtOnce - 1) / ProfilesAtOnce,
            number =>
            {
                var request = new StreamRequest { Ack = RecordRequest.Types.Ack.Applied, Sequence = (ulong)number };
                for (var profile = (int)number * ProfilesAtOnce; profile < Math.Min(world.Profiles, ((int)number + 1) * ProfilesAtOnce); profile++)
                {
                    events.MakeProfile(profile, request.Events);
                }

                sizes[number] = request.Events.Count;
                return request;
            },
            (number, ack) => AckCheck.All(ack, sizes[number], RecordResult.Types.Status.Applied)));
        load.Finish();
    }

    public static void LoadPeer(IPEndPoint redis, SpeedWorld world)
    {
        using var load = new RespLoad(redis);
        Span<int> items = stackalloc int[SpeedWorld.ItemsOfProfile];
        Span<int> topics = stackalloc int[SpeedWorld.TopicsOfItem];
        var affinity = new Dictionary<int, double>();
        for (var profile = 0; profile < world.Profiles; profile++)
        {
            affinity.Clear();
            world.ItemsOf(profile, items);
            load.Out.Command(2 + items.Length).Word("LPUSH"u8).Word("r:c"u8, profile);
            foreach (var item in items)
            {
                load.Out.Word("i"u8, item);
                world.TopicsOf(item, topics);
                for (var i = 0; i < topics.Length; i++)
                {
                    affinity[topics[i]] = affinity.GetValueOrDefault(topics[i]) + SpeedWorld.Weight(i);
                }
            }

            foreach (var topic in world.FurtherTopicsOf(profile))
            {
                affinity[topic] = 0.2;
            }

            load.Out.Command(2 + (2 * affinity.Count)).Word("ZADD"u8).Word("p:c"u8, profile);
            foreach (var (topic, score) in affinity)
            {
                load.Out.Word(score).Word("t"u8, topic);
            }

            if (profile % 100 == 99 || profile == world.Profiles - 1)
            {
                load.Finish(2 * ((profile % 100) + 1));
            }
        }
    }
}
