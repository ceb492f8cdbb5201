using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Clients;

internal sealed partial class ColdLoader
{
    [LoggerMessage(1, LogLevel.Error, "{Count} clients could not be read from the store.")]
    private static partial void LogFailed(ILogger logger, Exception e, int count);
}
