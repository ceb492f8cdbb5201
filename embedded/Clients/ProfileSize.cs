namespace Footprint.Grid.Embedded.Clients;

/// <summary>How much memory a profile takes, as far as its stored size tells.</summary>
internal static class ProfileSize
{
    /// <summary>The slot, the actor and the empty tables.</summary>
    private const int Base = 2048;

    public static int Estimate(int storedBytes) => Base + (int)Math.Min(int.MaxValue / 4, 3L * storedBytes);
}
