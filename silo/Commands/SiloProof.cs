using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Grains;
using Footprint.Grid.Grains.Hosting;

namespace Footprint.Grid.Silo.Commands;

/// <summary><c>prove-erasure</c> for a cluster: a silo of its own, with directory, membership and reminders in the Redis as ever.</summary>
internal static class SiloProof
{
    private const string Name = "erasure-proof";

    public static Command Create(TextWriter output, TextWriter errors) => ProveErasureCommand.Create(
        (told, stop) => ProveErasureCommand.RunAsync(told, Engine, output, errors, stop));

    private static IHost Engine(HostAddress redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Footprint.Grid.ErasureProof" });
        builder.Services.AddMetrics();
        builder.UseOrleans(silo => silo
            .JoinCluster(new ClusterAddress(redis.ToString(), Name, Name), new MemberAddress(IPAddress.Loopback, FreePort(), FreePort()))
            .AddFootprintGrains(new FootprintGrainsOptions
            {
                Redis = redis.ToString(),
                CheckpointAfter = ProveErasureCommand.CheckpointAfter,
                Secret = RandomNumberGenerator.GetBytes(TombstoneKeys.LeastSecretBytes),
            }));
        builder.Services.AddFootprintGrainClient();
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
