using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Checkpoints;

internal sealed partial class Checkpointer
{
    [LoggerMessage(1, LogLevel.Error, "{Count} checkpoints could not be written. They are kept and tried again.")]
    private static partial void LogFailed(ILogger logger, Exception e, int count);

    [LoggerMessage(2, LogLevel.Warning, "The journal could not be cut; it is tried again with the next checkpoints.")]
    private static partial void LogTrimFailed(ILogger logger, Exception e);
}
