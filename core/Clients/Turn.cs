using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Clients;

/// <summary>What an actor has at hand during one turn. Nothing in it is read from a clock or a disk by the actor itself.</summary>
/// <param name="NowMs">The time of the turn, in milliseconds since the epoch.</param>
/// <param name="DeadlineMs">A decision that starts later than this answers with its fallback.</param>
/// <param name="Definitions">The tenant's definitions, immutable.</param>
/// <param name="Knowledge">The tenant's shared knowledge, immutable.</param>
/// <param name="Seed">Differs from turn to turn; all the chance that a decision has.</param>
/// <param name="Journal">Takes each change before it is applied.</param>
/// <param name="Learning">Takes what applied events teach.</param>
public readonly record struct Turn(
    long NowMs,
    long DeadlineMs,
    TenantDefinitions Definitions,
    KnowledgeSnapshot Knowledge,
    ulong Seed,
    IJournal Journal,
    ILearning Learning)
{
    /// <summary>What campaigns with a budget may spend here; null pays for none.</summary>
    public ISpending? Spending { get; init; }

    /// <summary>Takes sampled decisions and what came of them; null when nobody does.</summary>
    public IDecisionLog? Log { get; init; }

    /// <summary>Whether the request bears the privacy signal; of account for a client of whom nothing is kept, the signal either.</summary>
    public bool HasPrivacySignal { get; init; }
}
