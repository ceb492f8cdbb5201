using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Embedded;
using Footprint.Grid.Engine;
using Footprint.Grid.Node.Erasure;

namespace Footprint.Grid.Node.Commands;

/// <summary><c>prove-erasure</c>: an engine of its own on an empty store, a client full of canaries, and the store's bytes before and after.</summary>
internal static class ProveErasureCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var redis = new Option<string?>("--redis") { Description = "HOST:PORT of a Redis on this machine that nobody else uses; SQLite files in a temporary folder when absent." };
        var folder = new Option<string?>("--redis-folder") { Description = "Where that Redis keeps its files." };
        var command = new Command("prove-erasure", "Plant unique texts in a client, erase it, and look for them in the store's raw bytes before and after.")
        {
            redis,
            folder,
        };
        command.SetAction((result, stop) => RunAsync(result.GetValue(redis), result.GetValue(folder), output, errors, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? redis, string? folder, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (redis is null)
        {
            var own = Directory.CreateTempSubdirectory("footprint-grid-proof-");
            try
            {
                var options = new EmbeddedOptions { Store = StoreKind.Sqlite, DataDirectory = own.FullName };
                return await RunAsync(options, new RawFolder(own.FullName), output, stop);
            }
            finally
            {
                own.Delete(recursive: true);
            }
        }

        if (!HostAddress.TryParse(redis, out var address))
        {
            return Setup.Refuse(errors, [new ConfigurationFault("--redis", "command line", $"\"{redis}\" is not a host and a port", HostAddress.Limit)]);
        }

        if (!Directory.Exists(folder))
        {
            return Setup.Refuse(errors, [new ConfigurationFault("--redis-folder", "command line", "is no folder", "the folder of the Redis' files")]);
        }

        return await RunAsync(
            new EmbeddedOptions { Store = StoreKind.Redis, Redis = address.ToString() },
            new RawFolder(folder, new RedisFiles(address).RewriteAsync),
            output,
            stop);
    }

    private static async Task<int> RunAsync(EmbeddedOptions options, RawFolder raw, TextWriter output, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Footprint.Grid.ErasureProof" });
        builder.Services.AddMetrics();
        builder.Services.AddEmbeddedEngine(options);
        using var host = builder.Build();
        await host.StartAsync(stop);
        try
        {
            var proof = new ErasureProof(host.Services.GetRequiredService<IClientEngine>(), raw, output, TimeProvider.System);
            return await proof.RunAsync(stop) ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
