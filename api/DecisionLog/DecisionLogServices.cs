using Footprint.Grid.Core.Decisions;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Api.DecisionLog;

/// <summary>Registers the decision log for an engine in the same process to find.</summary>
internal static class DecisionLogServices
{
    /// <summary>Before the engine, which then stops first and has nothing more to log; nothing is registered without options.</summary>
    public static IServiceCollection AddDecisionLog(this IServiceCollection services, DecisionLogOptions? options)
    {
        if (options is not null)
        {
            services.AddSingleton(options);
            services.AddSingleton<DecisionLogWriter>();
            services.AddSingleton<IDecisionLog>(provider => provider.GetRequiredService<DecisionLogWriter>());
            services.AddHostedService(provider => provider.GetRequiredService<DecisionLogWriter>());
        }

        return services;
    }
}
