using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

internal sealed partial class RetentionGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Swept} clients of tenant {Tenant} let go of what was too old.")]
    private static partial void LogDone(ILogger logger, string tenant, int swept);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of tenant {Tenant} was broken off; it begins anew with the next reminder.")]
    private static partial void LogBroken(ILogger logger, string tenant, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "A client could not let go of what is too old now; the next sweep comes by again.")]
    private static partial void LogMissed(ILogger logger, Exception exception);
}
