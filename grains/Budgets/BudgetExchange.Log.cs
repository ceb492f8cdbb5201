using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Budgets;

internal sealed partial class BudgetExchange
{
    [LoggerMessage(1, LogLevel.Debug, "The owner of the budget of campaign {Campaign} of tenant {Tenant} did not answer; it is asked again.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant, string campaign);
}
