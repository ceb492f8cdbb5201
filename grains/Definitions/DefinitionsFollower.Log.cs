using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

internal sealed partial class DefinitionsFollower
{
    [LoggerMessage(1, LogLevel.Debug, "The owner of the definitions of tenant {Tenant} did not answer; it is asked again.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);

    [LoggerMessage(2, LogLevel.Warning, "The store's definitions of tenant {Tenant} are at version {Version}, which is older than what was served: the store was put back.")]
    private static partial void LogPutBack(ILogger logger, string tenant, ulong version);
}
