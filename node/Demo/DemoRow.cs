namespace Footprint.Grid.Node.Demo;

/// <summary>One visitor in a frame.</summary>
/// <param name="Taste">The truth, which the grid is not told.</param>
/// <param name="Interests">Topic and affinity, strongest first.</param>
/// <param name="Picks">Title and match percentage, best first.</param>
/// <param name="Entered">Titles that were not picked in the round before.</param>
/// <param name="Hits">Picks of this round that fit the taste.</param>
internal sealed record DemoRow(
    string Name,
    string Taste,
    IReadOnlyList<(string Topic, double Affinity)> Interests,
    IReadOnlyList<(string Title, int MatchPercent)> Picks,
    IReadOnlyList<string> Entered,
    int Hits);
