using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Reports;

internal sealed partial class ReportsGrain
{
    [LoggerMessage(1, LogLevel.Warning, "A report of tenant {Tenant} could not be read or published.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);
}
