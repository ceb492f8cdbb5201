using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Turns;

internal sealed partial class BatchRecorder
{
    [LoggerMessage(1, LogLevel.Error, "A turn failed in a way that it must not.")]
    private static partial void LogFault(ILogger logger, Exception e);
}
