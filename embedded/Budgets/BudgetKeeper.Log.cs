using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Budgets;

internal sealed partial class BudgetKeeper
{
    [LoggerMessage(1, LogLevel.Error, "Budgets of tenant {Tenant} could not be written. Campaigns spend what they hold and get no more until it works.")]
    private static partial void LogFailed(ILogger logger, Exception e, string tenant);
}
