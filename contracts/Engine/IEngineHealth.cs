namespace Footprint.Grid.Engine;

/// <summary>Whether the engine can take work now.</summary>
public interface IEngineHealth
{
    /// <summary>Null when ready; else why not, in words for an operator.</summary>
    string? NotReady { get; }
}
