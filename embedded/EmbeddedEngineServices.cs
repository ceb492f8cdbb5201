using System.Security.Cryptography;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded;

/// <summary>Registers the one-process engine.</summary>
public static class EmbeddedEngineServices
{
    /// <summary>
    /// Adds <see cref="IClientEngine"/>, <see cref="IDefinitionsEngine"/>, <see cref="IReportsEngine"/> and <see cref="IEngineHealth"/>, hosted in this
    /// process. The engine starts and stops with the host, so register it before whatever serves requests.
    /// Uses the registered <see cref="TimeProvider"/>, or the system's, and the registered <see cref="IDecisionLog"/>, or none.
    /// </summary>
    /// <exception cref="ArgumentException">Options are wrong; the message names all of them.</exception>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, EmbeddedOptions options)
    {
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var loggers = provider.GetRequiredService<ILoggerFactory>();
            ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            return new EngineHost(options, StoreFactory.Create(options, time, loggers), time, loggers, seed, provider.GetService<IDecisionLog>());
        });
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EngineHost>());
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Clients);
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Definitions);
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Reports);
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Health);
        return services;
    }
}
