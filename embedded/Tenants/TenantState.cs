using System.Collections.Concurrent;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Embedded.Tenants;

/// <summary>All that one tenant has in memory. Its snapshots are replaced whole and read without a lock.</summary>
internal sealed class TenantState : ILearning
{
    private readonly IDecisionLog? _log;
    private TenantDefinitions _definitions;
    private KnowledgeSnapshot _knowledge = KnowledgeSnapshot.Empty;

    /// <param name="definitions">What holds until the tenant's own definitions are read.</param>
    /// <param name="log">Takes sampled decisions; null for nobody.</param>
    public TenantState(TenantDefinitions definitions, IDecisionLog? log = null)
    {
        _log = log;
        Name = definitions.Tenant;
        _definitions = definitions;
        ClientsBySpan = Clients.GetAlternateLookup<ReadOnlySpan<char>>();
        Nobody = new ClientActor(new ClientKey(Name, ""), new ClientProfile());
    }

    public string Name { get; }

    /// <summary>Decides for whoever nothing is known about. Without events no decision changes a profile, so all may share it.</summary>
    public ClientActor Nobody { get; }

    /// <summary>Clients in memory or on their way there.</summary>
    public ConcurrentDictionary<string, ClientSlot> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>The same, to be asked without a string.</summary>
    public ConcurrentDictionary<string, ClientSlot>.AlternateLookup<ReadOnlySpan<char>> ClientsBySpan { get; }

    public TenantDefinitions Definitions
    {
        get => Volatile.Read(ref _definitions);
        set => Volatile.Write(ref _definitions, value);
    }

    public KnowledgeSnapshot Knowledge
    {
        get => Volatile.Read(ref _knowledge);
        set => Volatile.Write(ref _knowledge, value);
    }

    /// <summary>What this process holds of campaigns' budgets; a new life of it holds nothing of the one before.</summary>
    public BudgetPurses Spending { get; } = new(Guid.NewGuid().ToString("N"));

    public KnowledgeBase KnowledgeBase { get; set; } = new();

    public void Observe(string tenant, in ItemObservation observation) => KnowledgeBase.Observe(observation);

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks) => KnowledgeBase.Observe(picks);

    public void Observe(string tenant, StoredProbeCount difference) => KnowledgeBase.Observe(difference);

    public void Observe(string tenant, StoredSegmentCount difference) => KnowledgeBase.Observe(difference);

    /// <summary>What an actor has at hand in a turn that journals to <paramref name="journal"/>.</summary>
    public Turn Turn(long nowMs, long deadlineMs, ulong seed, IJournal journal) =>
        new(nowMs, deadlineMs, Definitions, Knowledge, seed, journal, this) { Spending = Spending, Log = _log };
}
