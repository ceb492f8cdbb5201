using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Knowledge;

internal sealed partial class KnowledgeKeeper
{
    [LoggerMessage(1, LogLevel.Error, "The knowledge of tenant {Tenant} could not be saved. It is tried again later.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);
}
