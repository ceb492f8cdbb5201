using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Clients;

internal sealed partial class ClientCell
{
    [LoggerMessage(1, LogLevel.Error, "A turn failed in a way that it must not.")]
    private static partial void LogFault(ILogger logger, Exception e);

    [LoggerMessage(2, LogLevel.Error, "Redis did not give a client.")]
    private static partial void LogLoadFailed(ILogger logger, Exception e);

    [LoggerMessage(3, LogLevel.Error, "A stored profile of tenant {Tenant} cannot be trusted and was put into quarantine: {Reason}")]
    private static partial void LogQuarantined(ILogger logger, string tenant, string reason);

    [LoggerMessage(4, LogLevel.Error, "Redis did not confirm a checkpoint. It is looked for and, if it is not there, written again.")]
    internal static partial void LogCheckpointFailed(ILogger logger, Exception e);

    [LoggerMessage(5, LogLevel.Error, "A stored profile of tenant {Tenant} cannot be trusted, and Redis did not take it into quarantine.")]
    private static partial void LogQuarantineFailed(ILogger logger, Exception e, string tenant);

    [LoggerMessage(6, LogLevel.Warning, "The other client of a link could not be told that it ended; it finds out by itself.")]
    private static partial void LogNotTold(ILogger logger, Exception e);
}
