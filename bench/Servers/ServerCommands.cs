using System.CommandLine;
using System.Net;
using Footprint.Grid.Bench.Redis;

namespace Footprint.Grid.Bench.Servers;

/// <summary>The hidden commands by which this program starts its own floors and peers as processes.</summary>
internal static class ServerCommands
{
    public const string Echo = "serve-echo", Peer = "serve-peer";

    public static IEnumerable<Command> All()
    {
        var listen = new Option<string>("--listen") { Required = true };
        var echo = new Command(Echo) { listen };
        echo.Hidden = true;
        echo.SetAction(parsed => new EchoServer().ServeAsync(IPEndPoint.Parse(parsed.GetValue(listen)!)));
        yield return echo;

        var redis = new Option<string>("--redis") { Required = true };
        var items = new Option<int>("--items") { Required = true };
        var peer = new Command(Peer) { listen, redis, items };
        peer.Hidden = true;
        peer.SetAction(async parsed =>
        {
            var pipeline = await RespPipeline.ConnectAsync(IPEndPoint.Parse(parsed.GetValue(redis)!));
            await new PeerServer(pipeline, parsed.GetValue(items)).ServeAsync(IPEndPoint.Parse(parsed.GetValue(listen)!));
        });
        yield return peer;
    }
}
