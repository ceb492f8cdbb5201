using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Erasure;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Commands;

/// <summary><c>prove-erasure</c> for the engine in one process: on SQLite files in a temporary folder, or on a Redis.</summary>
internal static class NodeProof
{
    public static Command Create(TextWriter output, TextWriter errors) => ProveErasureCommand.Create((told, stop) =>
        told.GetValue(ProveErasureCommand.Redis) is null
            ? OnSqliteAsync(output, stop)
            : ProveErasureCommand.RunAsync(
                told, redis => Engine(new EmbeddedOptions { Store = StoreKind.Redis, Redis = redis.ToString(), CheckpointAfter = ProveErasureCommand.CheckpointAfter }), output, errors, stop));

    private static async Task<int> OnSqliteAsync(TextWriter output, CancellationToken stop)
    {
        var own = Directory.CreateTempSubdirectory("footprint-grid-proof-");
        try
        {
            var options = new EmbeddedOptions { Store = StoreKind.Sqlite, DataDirectory = own.FullName, CheckpointAfter = ProveErasureCommand.CheckpointAfter };
            return await ProveErasureCommand.RunAsync(Engine(options), new RawFolder(own.FullName), output, stop);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    private static IHost Engine(EmbeddedOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Footprint.Grid.ErasureProof" });
        builder.Services.AddMetrics();
        builder.Services.AddEmbeddedEngine(options);
        return builder.Build();
    }
}
