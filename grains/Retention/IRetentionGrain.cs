namespace Footprint.Grid.Grains.Retention;

/// <summary>Looks through one tenant's profiles from time to time and removes those that were idle for too long; the key is the tenant.</summary>
[Alias("fg.retention")]
internal interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the tenant's reminder is as the options say. Harmless when it is.</summary>
    [Alias("arrange")]
    Task ArrangeAsync();
}
