namespace Footprint.Grid.Gateway.Rpc;

internal sealed partial class MethodHandlers
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed in a way that nobody foresaw")]
    private static partial void LogFailed(ILogger logger, Exception exception, string path);
}
