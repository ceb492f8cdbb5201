using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>What a page about a client is made from.</summary>
/// <param name="ClientId">Whose page it is.</param>
/// <param name="Known">All that is kept; null when nothing is.</param>
/// <param name="Language">The page's.</param>
/// <param name="FormToken">Goes into every form and comes back with it.</param>
/// <param name="Notice">The key of a text that says what was just done; null for none.</param>
/// <param name="Minutes">How long the page may be used.</param>
public sealed record FootprintView(string ClientId, ExportResponse? Known, PageLanguage Language, string FormToken, string? Notice, int Minutes)
{
    /// <summary>Purposes of the tenant's own.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    internal Profile? Profile => Known?.Profile;
}
