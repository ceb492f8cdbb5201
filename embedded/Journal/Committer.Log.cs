using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Journal;

internal sealed partial class Committer
{
    [LoggerMessage(1, LogLevel.Error, "The store refused the journal from segment {Lsn} on. It is kept and tried again.")]
    private static partial void LogFailed(ILogger logger, Exception e, long lsn);

    [LoggerMessage(2, LogLevel.Information, "The store takes the journal again, from segment {Lsn} on.")]
    private static partial void LogRecovered(ILogger logger, long lsn);
}
