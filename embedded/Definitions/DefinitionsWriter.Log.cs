using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Definitions;

internal sealed partial class DefinitionsWriter
{
    [LoggerMessage(1, LogLevel.Error, "Definitions of tenant {Tenant} could not be written.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);
}
