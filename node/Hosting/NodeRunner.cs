using System.Net;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Commands;
using Footprint.Grid.Node.Options;
using Footprint.Grid.Node.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Footprint.Grid.Node.Hosting;

/// <summary>Runs a node from its first log line to its last.</summary>
internal static partial class NodeRunner
{
    public static async Task<int> RunAsync(
        NodeOptions options, IReadOnlyList<string> warnings, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        try
        {
            if (options.Store != StoreKind.Memory)
            {
                DataFolder.Make(options.DataFolder);
            }

            var keys = NodeKeys.For(options);
            await using var app = NodeApplication.Build(options, keys.Entries);
            var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Footprint.Grid.Node");
            foreach (var warning in warnings)
            {
                LogWarning(logger, warning);
            }

            // Before the start, so that nothing that happens at the start goes uncounted.
            _ = app.Services.GetRequiredService<MetricsCollector>();
            await app.StartAsync(stop);
            await output.WriteAsync(Welcome.Text(options, keys, HttpAddress(app, options), GrpcAddress(app, options)));
            await output.FlushAsync(stop);
            await app.WaitForShutdownAsync(stop);
            LogStopped(logger);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (ArgumentException e) when (e.ParamName == "options")
        {
            return Setup.Refuse(errors, [new ConfigurationFault("engine", "", e.Message.Split(" (Parameter", 2)[0])]);
        }
        catch (OptionsValidationException e)
        {
            return Setup.Refuse(errors, [.. e.Failures.Select(failure => new ConfigurationFault(e.OptionsType.Name, "", failure))]);
        }
        catch (IOException e)
        {
            // A port in use, most of all.
            await errors.WriteLineAsync($"The node cannot start: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static string HttpAddress(WebApplication app, NodeOptions options)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new IPEndPoint(options.Http.Address, new Uri(addresses.First()).Port).ToString();
    }

    private static string GrpcAddress(WebApplication app, NodeOptions options) =>
        app.Services.GetRequiredService<GrpcHost>().BoundAddress?.ToString() ?? options.Grpc.ToString();

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The node has stopped.")]
    private static partial void LogStopped(ILogger logger);
}
