using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Api.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Footprint.Grid.Api.Hosting;

/// <summary>Runs a process from its first log line to its last.</summary>
internal static partial class HostRunner
{
    /// <param name="program">What messages call it: node, silo, gateway.</param>
    /// <param name="build">Makes the application; an argument exception for <c>options</c> refuses the configuration.</param>
    /// <param name="welcome">What it says on standard output once it listens.</param>
    public static async Task<int> RunAsync(
        string program,
        Func<WebApplication> build,
        IReadOnlyList<string> warnings,
        Func<WebApplication, string> welcome,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop)
    {
        var started = false;
        try
        {
            await using var app = build();
            var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Footprint.Grid");
            foreach (var warning in warnings)
            {
                LogWarning(logger, warning);
            }

            // Before the start, so that nothing that happens at the start goes uncounted.
            _ = app.Services.GetRequiredService<MetricsCollector>();
            await app.StartAsync(stop);
            started = true;
            await output.WriteAsync(welcome(app));
            await output.FlushAsync(stop);
            await app.WaitForShutdownAsync(stop);
            LogStopped(logger, program);
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
            await errors.WriteLineAsync($"The {program} cannot start: {e.Message}");
            return ExitCode.Failure;
        }
        catch (Exception e) when (!started)
        {
            await errors.WriteLineAsync($"The {program} cannot start: {e}");
            return ExitCode.Failure;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The {Program} has stopped.")]
    private static partial void LogStopped(ILogger logger, string program);
}
