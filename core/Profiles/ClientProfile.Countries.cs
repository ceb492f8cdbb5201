namespace Footprint.Grid.Core.Profiles;

/// <summary>Whose law holds for the client.</summary>
public sealed partial class ClientProfile
{
    internal Whereabouts Whereabouts { get; private set; } = Whereabouts.Unknown;

    /// <summary>Where the client was last, as far as one knows: the stricter of their laws holds.</summary>
    internal IReadOnlyCollection<string> Countries => Whereabouts.All;

    /// <summary>Has the client have been in these countries, too.</summary>
    internal void State(Whereabouts whereabouts) => Whereabouts = Whereabouts.With(whereabouts);

    private void State(string country, long atMs)
    {
        if (country.Length > 0)
        {
            State(Whereabouts.At([country], atMs));
        }
    }
}
