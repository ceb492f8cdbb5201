using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>What one silo has at hand of one tenant. Its snapshots are replaced whole and read without a lock.</summary>
internal sealed class TenantSnapshot
{
    private TenantDefinitions _definitions;
    private KnowledgeSnapshot _knowledge = KnowledgeSnapshot.Empty;
    private bool _isLoaded;

    /// <param name="definitions">What holds until the tenant's own definitions are read.</param>
    public TenantSnapshot(TenantDefinitions definitions)
    {
        Name = definitions.Tenant;
        _definitions = definitions;
        Nobody = new ClientActor(new ClientKey(Name, ""), new ClientProfile());
    }

    public string Name { get; }

    /// <summary>Decides for whoever nothing is known about. Without events no decision changes a profile, so all may share it.</summary>
    public ClientActor Nobody { get; }

    /// <summary>Whether definitions were read since the start; nothing is served before.</summary>
    public bool IsLoaded => Volatile.Read(ref _isLoaded);

    public TenantDefinitions Definitions => Volatile.Read(ref _definitions);

    public KnowledgeSnapshot Knowledge
    {
        get => Volatile.Read(ref _knowledge);
        set => Volatile.Write(ref _knowledge, value);
    }

    /// <summary>Takes what events of the tenant's clients teach.</summary>
    public ILearning Learning { get; set; } = NoLearning.Instance;

    /// <summary>Takes sampled decisions; null when nobody does.</summary>
    public IDecisionLog? Log { get; init; }

    /// <summary>What this silo holds of campaigns' budgets; null pays for nothing.</summary>
    public BudgetPurses? Spending { get; set; }

    public void Publish(TenantDefinitions definitions)
    {
        Volatile.Write(ref _definitions, definitions);
        Volatile.Write(ref _isLoaded, true);
    }

    /// <summary>What an actor has at hand in a turn that journals to <paramref name="journal"/>.</summary>
    public Turn Turn(long nowMs, long deadlineMs, ulong seed, IJournal journal) =>
        new(nowMs, deadlineMs, Definitions, Knowledge, seed, journal, Learning) { Spending = Spending, Log = Log };
}
