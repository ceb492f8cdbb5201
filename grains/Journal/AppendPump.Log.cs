using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Journal;

internal sealed partial class AppendPump
{
    [LoggerMessage(1, LogLevel.Error, "Redis did not confirm an append of {Clients} clients. It is looked for and, if it is not there, tried again.")]
    private static partial void LogFailed(ILogger logger, Exception e, int clients);

    [LoggerMessage(2, LogLevel.Information, "Redis takes appends again.")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "{Clients} clients are given up: {Why}")]
    private static partial void LogGivenUp(ILogger logger, int clients, string why);
}
