using Footprint.Grid.Core.Storage;
using Footprint.Grid.Grains.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Journal;

/// <summary>Lays appends out as <see cref="JournalScripts.Append"/> reads them.</summary>
internal static class AppendCall
{
    private const int Fence = 2;

    public static (RedisKey[] Keys, RedisValue[] Values) Of(List<PendingAppend> appends)
    {
        int groups = 0;
        int entries = 0;
        foreach (PendingAppend append in appends)
        {
            groups += append.Partner is null ? 1 : 2;
            entries += append.Count;
        }

        var keys = new RedisKey[Fence + (3 * groups)];
        var values = new RedisValue[Fence + appends.Count + (4 * groups) + entries];
        int key = Fence;
        int value = Fence;
        foreach (PendingAppend append in appends)
        {
            values[value++] = append.Partner is null ? 1 : 2;
            Add(append.Own, keys, ref key, values, ref value);
            if (append.Partner is { } partner)
            {
                Add(partner, keys, ref key, values, ref value);
            }
        }

        return (keys, values);
    }

    private static void Add(in AppendGroup group, RedisKey[] keys, ref int key, RedisValue[] values, ref int value)
    {
        RedisKey checkpoint = RedisLayout.Checkpoint(group.Client);
        keys[key++] = checkpoint;
        keys[key++] = RedisLayout.Journal(group.Client);
        values[value++] = group.Etag;
        values[value++] = group.Length;

        // A tombstone matters only where there is no checkpoint; a place that is not looked at is as short as can be.
        keys[key++] = group.Etag.Length == 0 ? group.Grave.Key : checkpoint;
        values[value++] = group.Etag.Length == 0 ? group.Grave.Tombstone : RedisValue.EmptyString;
        values[value++] = group.Entries.Count;
        foreach (byte[] entry in group.Entries)
        {
            values[value++] = entry;
        }
    }
}
