using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Retention;

internal sealed partial class SweepTimes
{
    [LoggerMessage(1, LogLevel.Warning, "When retention was last swept cannot be read; it is swept soon.")]
    private static partial void LogNotRead(ILogger logger, Exception e);

    [LoggerMessage(2, LogLevel.Warning, "When retention was swept cannot be kept; after a restart it is swept once more.")]
    private static partial void LogNotWritten(ILogger logger, Exception e);
}
