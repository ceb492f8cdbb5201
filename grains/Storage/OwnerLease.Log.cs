using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Storage;

internal sealed partial class OwnerLease
{
    [LoggerMessage(1, LogLevel.Error, "Another process owns this Redis now. This silo writes nothing until it is the cluster's again.")]
    private static partial void LogLost(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "The cluster owns this Redis, epoch {Epoch}.")]
    private static partial void LogHeld(ILogger logger, long epoch);
}
