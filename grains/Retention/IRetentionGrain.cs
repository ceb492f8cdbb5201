namespace Footprint.Grid.Grains.Retention;

/// <summary>
/// Goes over one tenant's clients from time to time and has them let go of what is too old, and find out which segments they are in
/// now; the key is the tenant.
/// </summary>
[Alias("fg.retention")]
internal interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the tenant's reminder is as the interval says. Harmless when it is.</summary>
    [Alias("arrange")]
    Task ArrangeAsync();

    /// <summary>One sweep to its end, or what is left of the one under way; gives how many clients it changed.</summary>
    [Alias("sweep")]
    Task<int> SweepAsync();
}
