using Footprint.Grid.Core.Validation;

namespace Footprint.Grid.Api.Options;

/// <summary>Which cluster a process belongs to.</summary>
/// <param name="Redis">May hold a password.</param>
internal sealed record ClusterOptions(string Redis, string ClusterId, string ServiceId)
{
    public const string NameLimit = TenantListReader.NameLimit;

    /// <param name="isRedis">Whether a text says how to connect to a Redis.</param>
    public static ClusterOptions Read(OptionReader reader, Func<string, bool> isRedis)
    {
        var redis = reader.Text(ClusterRows.Redis) ?? "";
        if (redis.Length > 0 && !isRedis(redis))
        {
            // The text is not shown: it may hold a password.
            reader.Refuse(ClusterRows.Redis, reader.Find(ClusterRows.Redis)!.Value, "does not name a Redis");
        }

        return new ClusterOptions(redis, ReadName(reader, ClusterRows.ClusterId), ReadName(reader, ClusterRows.ServiceId));
    }

    private static string ReadName(OptionReader reader, OptionRow row)
    {
        var name = reader.Text(row) ?? row.Default!;
        if (!OptionChecks.IsName(name))
        {
            reader.Refuse(row, reader.Find(row)!.Value, $"\"{name}\" is not a name");
        }

        return name;
    }
}
