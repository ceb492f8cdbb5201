using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Json;

internal sealed partial class JsonRuntime
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed in a way that nobody foresaw")]
    private static partial void LogCallFailed(ILogger logger, Exception exception, string path);
}
