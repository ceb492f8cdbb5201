using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.DecisionLog;

internal sealed partial class DecisionLogWriter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Decisions cannot be logged in {Folder} now; they are dropped, and it is tried again in a while.")]
    private partial void LogRefused(Exception fault, string folder);
}
