using System.CommandLine;
using Footprint.Grid.Api.Erasure;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Api.Commands;

/// <summary><c>prove-erasure</c>: an engine of its own on an empty store, a client full of canaries, and the store's bytes before and after.</summary>
internal static class ProveErasureCommand
{
    /// <summary>Until when what is in memory alone is written, in the engines of the proof: soon, for the proof waits for it.</summary>
    public static readonly TimeSpan CheckpointAfter = TimeSpan.FromSeconds(1);

    public static Option<string?> Redis { get; } = new("--redis") { Description = "HOST:PORT of a Redis on this machine that nobody else uses." };

    public static Option<string?> Folder { get; } = new("--redis-folder") { Description = "Where that Redis keeps its files." };

    public static Command Create(Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command("prove-erasure", "Plant unique texts in a client, erase it, and look for them in the store's raw bytes before and after.")
        {
            Redis,
            Folder,
        };
        command.SetAction(run);
        return command;
    }

    /// <summary>On a Redis.</summary>
    /// <param name="host">An engine on it.</param>
    public static Task<int> RunAsync(
        ParseResult told, Func<HostAddress, IHost> host, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        if (!HostAddress.TryParse(told.GetValue(Redis) ?? "", out var address))
        {
            return Task.FromResult(Refuse(errors, Redis, $"\"{told.GetValue(Redis)}\" is not a host and a port", HostAddress.Limit));
        }

        var folder = told.GetValue(Folder);
        return Directory.Exists(folder)
            ? RunAsync(host(address), new RawFolder(folder, new RedisFiles(address).RewriteAsync), output, stop)
            : Task.FromResult(Refuse(errors, Folder, "is no folder", "the folder of the Redis' files"));
    }

    public static async Task<int> RunAsync(IHost engine, RawFolder raw, TextWriter output, CancellationToken stop)
    {
        using var host = engine;
        await host.StartAsync(stop);
        try
        {
            var proof = new ErasureProof(
                host.Services.GetRequiredService<IClientEngine>(), host.Services.GetRequiredService<IDefinitionsEngine>(), raw, output, TimeProvider.System);
            return await proof.RunAsync(stop) ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static int Refuse(TextWriter errors, Option option, string message, string limit) =>
        Setup.Refuse(errors, [new ConfigurationFault(option.Name, "command line", message, limit)]);
}
