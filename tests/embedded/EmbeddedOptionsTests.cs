using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Embedded.Tests;

public sealed class EmbeddedOptionsTests
{
    [Fact]
    public void Validate_Defaults_LackOnlyTheDirectory()
    {
        string error = Assert.Single(new EmbeddedOptions().Validate());

        Assert.StartsWith("DataDirectory", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEverything()
    {
        var options = new EmbeddedOptions
        {
            Store = StoreKind.Redis,
            MaxResidentProfiles = 1,
            MaxResidentBytes = 1,
            MaxPendingBytes = 1,
            MaxJournalBytes = 1,
            CheckpointAfter = TimeSpan.Zero,
            CommitDelay = TimeSpan.FromDays(1),
            KnowledgeInterval = TimeSpan.Zero,
            KnowledgeSaveInterval = TimeSpan.Zero,
            SlowStore = TimeSpan.Zero,
            ShutdownTimeout = TimeSpan.Zero,
            Tenants = { ["a/b"] = new(ConsentRegime.OptIn), ["odd"] = new((ConsentRegime)9) },
        };

        IReadOnlyList<string> errors = options.Validate();

        Assert.Equal(
            [
                "Redis", "Tenants", "Tenants", "MaxResidentProfiles", "MaxResidentBytes", "MaxPendingBytes", "MaxJournalBytes",
                "CheckpointAfter", "CommitDelay", "KnowledgeInterval", "KnowledgeSaveInterval", "SlowStore", "ShutdownTimeout",
            ],
            errors.Select(e => e[..e.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void AddEmbeddedEngine_WrongOptions_AreRefusedAtOnce()
    {
        var options = new EmbeddedOptions { MaxPendingBytes = 1 };

        ArgumentException e = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddEmbeddedEngine(options));

        Assert.Contains("DataDirectory", e.Message, StringComparison.Ordinal);
        Assert.Contains("MaxPendingBytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddEmbeddedEngine_Hosted_StartsAndStopsWithItsHost()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddEmbeddedEngine(new EmbeddedOptions { Store = StoreKind.Memory })
            .BuildServiceProvider();
        var health = services.GetRequiredService<IEngineHealth>();
        Assert.NotNull(health.NotReady);
        IHostedService host = Assert.Single(services.GetServices<IHostedService>());

        await host.StartAsync(CancellationToken.None);
        Assert.Null(health.NotReady);
        Assert.NotNull(services.GetRequiredService<IClientEngine>());
        Assert.NotNull(services.GetRequiredService<IDefinitionsEngine>());

        await host.StopAsync(CancellationToken.None);
        Assert.NotNull(health.NotReady);
    }
}
