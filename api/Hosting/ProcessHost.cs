using Footprint.Grid.Api.Options;
using Footprint.Grid.Api.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Hosting;

/// <summary>What every executable's host has: logs, telemetry, a bounded shutdown, and nothing that its options do not know.</summary>
internal static class ProcessHost
{
    public static WebApplicationBuilder CreateBuilder(
        ProcessOptions options, TelemetrySources telemetry, Action<KestrelServerOptions> listen)
    {
        // Empty: what the options were checked for must not be changed by variables and files that the options do not know.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Footprint.Grid" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        var services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton(TimeProvider.System);
        AddLogging(builder.Logging, options);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);

        // What is added first is stopped last: telemetry sees all else end.
        services.AddSingleton(telemetry);
        services.AddSingleton(new MetricsCollector(telemetry.Listens));
        if (options.Otlp is not null)
        {
            services.AddSingleton(options);
            services.AddHostedService<OtlpExport>();
        }

        return builder;
    }

    private static void AddLogging(ILoggingBuilder logging, ProcessOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);

        // Standard output belongs to what the process says once; a log line there would get between the commands to paste.
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.JsonLogs)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
