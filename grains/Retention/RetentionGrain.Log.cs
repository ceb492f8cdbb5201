using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

internal sealed partial class RetentionGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "A sweep was done: {Swept} clients let go of what was too old, {Moved} others are in other segments than they were.")]
    private static partial void LogDone(ILogger logger, int swept, int moved);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sweep was broken off; it begins anew with the next reminder.")]
    private static partial void LogBroken(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "A client could not be swept now; the next sweep comes by again.")]
    private static partial void LogMissed(ILogger logger, Exception exception);
}
