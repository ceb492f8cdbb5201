namespace Footprint.Grid.Grains.Retention;

/// <summary>
/// Goes over the clients of all tenants from time to time and has them let go of what is too old, and find out which segments they are in
/// now: Redis has one space of keys, which is looked through once and not for each tenant. The key is <see cref="RetentionGrain.All"/>; under a tenant's
/// name are reminders of an earlier version, which are taken down.
/// </summary>
[Alias("fg.retention")]
internal interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the reminder is as the interval says. Harmless when it is.</summary>
    [Alias("arrange")]
    Task ArrangeAsync();

    /// <summary>One sweep to its end, or what is left of the one under way; gives how many clients it changed.</summary>
    [Alias("sweep")]
    Task<int> SweepAsync();
}
