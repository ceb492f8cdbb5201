using Footprint.Grid.Core.Definitions;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

internal sealed partial class DefinitionsWriter
{
    [LoggerMessage(1, LogLevel.Error, "Definitions of tenant {Tenant} could not be written.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);

    [LoggerMessage(2, LogLevel.Error, "A stored {Kind} of tenant {Tenant} cannot be read and was set aside: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string tenant, DefinitionKind kind, string reason);
}
