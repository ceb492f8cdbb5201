using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

internal sealed partial class KnowledgeFlow
{
    [LoggerMessage(1, LogLevel.Debug, "Shard {Shard} of the knowledge of tenant {Tenant} did not take a delta; it is sent again.")]
    private static partial void LogNotSent(ILogger logger, Exception e, int shard, string tenant);

    [LoggerMessage(2, LogLevel.Debug, "Shard {Shard} of the knowledge of tenant {Tenant} did not answer; it is asked again.")]
    private static partial void LogNotFollowed(ILogger logger, Exception e, int shard, string tenant);
}
