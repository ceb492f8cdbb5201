using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Clients;

internal sealed partial class QuarantineKeeper
{
    [LoggerMessage(1, LogLevel.Error, "A stored {Kind} of tenant {Tenant} cannot be trusted and was put into quarantine: {Reason}")]
    private static partial void LogKept(ILogger logger, string kind, string tenant, string reason);

    [LoggerMessage(2, LogLevel.Error, "A stored {Kind} of tenant {Tenant} cannot be trusted, and the store did not take it into quarantine.")]
    private static partial void LogFailed(ILogger logger, Exception e, string kind, string tenant);
}
