using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Memory;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Working memory of one decision, kept by the thread between decisions so that none allocates it anew. What a decision
/// leaves in it is cleared by the next before it is read.
/// </summary>
internal sealed class DecisionScratch
{
    [ThreadStatic]
    private static DecisionScratch? _ofThread;

    public static DecisionScratch OfThread => _ofThread ??= new DecisionScratch();

    public CandidateSet Candidates { get; } = new();

    /// <summary>What the request named, to be looked up before the decision.</summary>
    public AskedItems Asked { get; } = new();

    /// <summary>The last request that came as bytes.</summary>
    public PickContentRequest Request { get; } = new();

    /// <summary>Affinities in the order of the profile's interests.</summary>
    public float[] Affinities { get; } = new float[Profiles.ProfileLimits.Interests];

    /// <summary>What an item's share of a topic is worth for the client's interests.</summary>
    public TopicTerms Interests { get; } = new();

    /// <summary>What an item's share of a topic is worth for what the request is about.</summary>
    public TopicTerms Context { get; } = new();

    /// <summary>The client's last items that something goes with, and what of it.</summary>
    public RecentNeighbours Recent { get; } = new();

    public LearnedRanking Learned { get; } = new();

    /// <summary>The fixed ranking's terms of the picks, in their order.</summary>
    public Vector256<float>[] Terms { get; } = new Vector256<float>[Clients.RequestValidator.MaxPicks];

    /// <summary>What is learned of the picks, in their order.</summary>
    public PickObservation[] Shown { get; } = new PickObservation[Clients.RequestValidator.MaxPicks];

    public TopScores Top { get; } = new();

    /// <summary>What was picked, and why.</summary>
    public PickList Picks { get; } = new();

    /// <summary>Where a placement has rules about the answer as a whole.</summary>
    public PickSelection Selection { get; } = new();

    /// <summary>The item that a request's filter is tried on.</summary>
    public ItemAttributes Item { get; } = new();

    /// <summary>Ids or topics that the filter names.</summary>
    public List<string> Named { get; } = [];

    public RecentStrings Placements { get; } = new();

    public SpareMessages Spares { get; } = new();
}
