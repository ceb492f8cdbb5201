using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

internal sealed partial class RetentionGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Removed} profiles of tenant {Tenant}.")]
    private static partial void LogDone(ILogger logger, string tenant, long removed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention of tenant {Tenant} was broken off; it begins anew with the next reminder.")]
    private static partial void LogBroken(ILogger logger, string tenant, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "A client could not be looked at for retention now; the next sweep comes by again.")]
    private static partial void LogAsleep(ILogger logger, Exception exception);
}
