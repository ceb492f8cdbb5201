using System.CommandLine;
using System.Net;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>The hidden commands by which this program starts the peer's processes.</summary>
internal static class PeerCommands
{
    public const string Silo = "serve-peer-silo", Gateway = "serve-peer-gateway";

    public static IEnumerable<Command> All()
    {
        var listen = new Option<string>("--listen") { Required = true };
        var redis = new Option<string>("--redis") { Required = true };
        var port = new Option<int>("--silo-port") { Required = true };
        var items = new Option<int>("--items") { Required = true };
        var silo = new Command(Silo) { listen, redis, port, items };
        silo.Hidden = true;
        silo.SetAction((parsed, cancel) => RunSiloAsync(
            IPEndPoint.Parse(parsed.GetValue(listen)!), parsed.GetValue(redis)!, parsed.GetValue(port), parsed.GetValue(items), cancel));
        yield return silo;

        var gateway = new Command(Gateway) { listen, redis };
        gateway.Hidden = true;
        gateway.SetAction((parsed, cancel) => RunGatewayAsync(IPEndPoint.Parse(parsed.GetValue(listen)!), parsed.GetValue(redis)!, cancel));
        yield return gateway;
    }

    private static Task RunSiloAsync(IPEndPoint listen, string redis, int port, int items, CancellationToken cancel)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(new PeerCatalog(items));
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(Name)
            .ConfigureEndpoints(IPAddress.Loopback, port, listen.Port)
            .UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis))
            .AddRedisGrainStorageAsDefault(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis)));
        return builder.Build().RunAsync(cancel);
    }

    private static Task RunGatewayAsync(IPEndPoint listen, string redis, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IServiceMethodProvider<PeerService>, PeerMethods>();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(Name)
            .UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis)));
        var app = builder.Build();
        app.MapGrpcService<PeerService>();
        return app.RunAsync(cancel);
    }

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("peer", "peer");
}
