using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Budgets;
using Footprint.Grid.Grains.Definitions;
using Footprint.Grid.Grains.Knowledge;
using Footprint.Grid.Grains.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>Registers what keeps definitions, knowledge and budgets.</summary>
internal static class TenantServices
{
    /// <summary>In a silo.</summary>
    public static void AddToSilo(IServiceCollection services)
    {
        services.AddSingleton<TenantSnapshots>();
        services.AddSingleton<TenantMetrics>();
        services.AddSingleton<DefinitionsStore>();
        services.AddSingleton<DefinitionsReplicas>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, DefinitionsReplication>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, KnowledgeReplication>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, BudgetExchange>();
    }

    /// <summary>Where requests come in; over the grain factory alone.</summary>
    public static void AddToClient(IServiceCollection services)
    {
        services.AddSingleton<IDefinitionsEngine, DefinitionsEngine>();
        services.AddSingleton<IReportsEngine, ReportsEngine>();
    }
}
