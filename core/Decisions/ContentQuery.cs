using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What a content decision is made from.</summary>
/// <param name="Profile">Null when nobody is known or the profile may not be used.</param>
/// <param name="Allowed">What of the profile may be used.</param>
/// <param name="IsLate">Whether the deadline has passed, so that nothing is scored.</param>
internal readonly record struct ContentQuery(
    PickContentRequest Request,
    ClientProfile? Profile,
    DataCategories Allowed,
    bool IsLate,
    CatalogSnapshot Catalog,
    KnowledgeSnapshot Knowledge,
    long NowMs)
{
    /// <summary>Whose bought and dismissed items are left out; past the deadline, too, when the profile has no other part in the answer.</summary>
    public ClientProfile? Spent { get; init; }

    /// <summary>Picks asked for.</summary>
    public int Count => CountOf(Request);

    /// <summary>Number of the request's channel.</summary>
    public int Channel => (int)(Request.Context?.Channel ?? default);

    public static int CountOf(PickContentRequest request) => request.Count > 0 ? request.Count : ContentRanker.DefaultCount;

    /// <summary>What outcomes taught about the placement; null where it does not learn.</summary>
    public PlacementKnowledge? Learned { get; init; }

    /// <summary>Whether scores go by what was learned.</summary>
    public bool Explores { get; init; }

    /// <summary>Those of the placement's segments for learning that the client is in, as far as the data allowed says, a bit each.</summary>
    public int Segments { get; init; }

    /// <summary>How many of them are told apart; none where nobody is known.</summary>
    public int SegmentsKnown { get; init; }

    /// <summary>The placement as it was defined; null where it was not.</summary>
    public Placement? Rules { get; init; }

    /// <summary>What caps count; null where there are none, or nothing that was shown may be read.</summary>
    public ImpressionLog? Counted { get; init; }

    /// <summary>Whether what is shown cannot be put on record, so that caps count as reached.</summary>
    public bool IsUncounted { get; init; }

    /// <summary>What must hold for an item; null for any.</summary>
    public Condition? Filter { get; init; }

    /// <summary>All the chance that the decision has.</summary>
    public ulong Seed { get; init; }
}
