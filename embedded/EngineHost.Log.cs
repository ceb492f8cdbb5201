using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded;

internal sealed partial class EngineHost
{
    [LoggerMessage(1, LogLevel.Information, "The engine runs on its {Store} store. {Unsaved} clients have journal entries to be checkpointed.")]
    private static partial void LogStarted(ILogger logger, StoreKind store, int unsaved);

    [LoggerMessage(2, LogLevel.Information, "The engine has stopped; {Pending} bytes of changes were not written.")]
    private static partial void LogStopped(ILogger logger, long pending);

    [LoggerMessage(3, LogLevel.Error, "The engine had to stop with {Pending} bytes of changes not written.")]
    private static partial void LogUnsaved(ILogger logger, long pending);

    [LoggerMessage(4, LogLevel.Critical, "The engine's {What} stopped working.")]
    private static partial void LogBroke(ILogger logger, Exception e, string what);

    [LoggerMessage(5, LogLevel.Warning, "The journal holds clients of tenant {Tenant}, which is not set up; their entries stay there.")]
    private static partial void LogForeignJournal(ILogger logger, string tenant);
}
