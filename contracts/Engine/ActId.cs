namespace Footprint.Grid.Engine;

/// <summary>Ids for what came without one.</summary>
public static class ActId
{
    public static Func<string> Next { get; } = () => Guid.CreateVersion7().ToString("N");
}
