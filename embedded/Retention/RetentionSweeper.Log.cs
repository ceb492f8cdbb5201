using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Retention;

internal sealed partial class RetentionSweeper
{
    [LoggerMessage(1, LogLevel.Information, "Retention: something was too old to be kept of {Clients} clients.")]
    private static partial void LogSwept(ILogger logger, int clients);

    [LoggerMessage(2, LogLevel.Warning, "A sweep for retention was broken off; it is begun anew in ten minutes.")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
