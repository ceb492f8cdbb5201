using StackExchange.Redis;

namespace Footprint.Grid.Grains.Hosting;

/// <summary>Which cluster, and the Redis that its members meet at.</summary>
/// <param name="Redis"><c>HOST:PORT</c> or a configuration string of StackExchange.Redis; may hold a password, so it is never shown.</param>
/// <param name="ClusterId">Processes of one id are one cluster.</param>
/// <param name="ServiceId">Names what outlives a cluster: reminders.</param>
public sealed record ClusterAddress(string Redis, string ClusterId, string ServiceId)
{
    /// <summary>Whether that text names a Redis.</summary>
    public static bool IsRedis(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>How to connect to it.</summary>
    internal ConfigurationOptions ToOptions() => ConfigurationOptions.Parse(Redis);

    /// <inheritdoc/>
    public override string ToString() => $"{ServiceId}/{ClusterId}";
}
