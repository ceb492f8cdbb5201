namespace Footprint.Grid.Embedded.Turns;

/// <summary>Ids for what came without one.</summary>
internal static class ActId
{
    public static Func<string> Next { get; } = () => Guid.CreateVersion7().ToString("N");
}
