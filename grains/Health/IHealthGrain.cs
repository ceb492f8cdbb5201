namespace Footprint.Grid.Grains.Health;

/// <summary>Says how the silo that it is on is doing; the key is 0.</summary>
[Alias("fg.health")]
internal interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Why the silo cannot take work now; null when it can.</summary>
    [Alias("ask")]
    ValueTask<string?> AskAsync();
}
