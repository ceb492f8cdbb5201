using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Budgets;

internal sealed partial class BudgetGrain
{
    [LoggerMessage(1, LogLevel.Warning, "The budget of campaign {Campaign} of tenant {Tenant} could not be read or written; silos spend what they hold.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant, string campaign);
}
