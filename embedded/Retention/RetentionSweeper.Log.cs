using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Retention;

internal sealed partial class RetentionSweeper
{
    [LoggerMessage(1, LogLevel.Information, "A sweep was done: something was too old to be kept of {Clients} clients, and {Moved} others are in other segments than they were.")]
    private static partial void LogSwept(ILogger logger, int clients, int moved);

    [LoggerMessage(2, LogLevel.Warning, "A sweep for retention was broken off; it is begun anew in ten minutes.")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
