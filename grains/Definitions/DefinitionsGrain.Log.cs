using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

internal sealed partial class DefinitionsGrain
{
    [LoggerMessage(1, LogLevel.Warning, "Version {Version} of the definitions of tenant {Tenant} is durable, but {Silos} silos did not say that they have it.")]
    private static partial void LogUnconfirmed(ILogger logger, string tenant, ulong version, int silos);
}
