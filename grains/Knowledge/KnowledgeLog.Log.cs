using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

internal sealed partial class KnowledgeLog
{
    [LoggerMessage(1, LogLevel.Warning, "Shard {Name} of knowledge could not be written or read. Silos send again what they did not hear to be durable.")]
    private static partial void LogFailed(ILogger logger, Exception e, string name);
}
