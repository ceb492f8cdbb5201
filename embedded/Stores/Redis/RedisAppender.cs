using Footprint.Grid.Embedded.Journal;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// Appends many clients' entries in one script call, which costs Redis a fraction of a call each. One call after the
/// other: a later one must not land when an earlier one did not. The caller lets one append or save in at a time.
/// </summary>
internal sealed class RedisAppender(RedisScriptCall scripts, RedisEtags etags)
{
    private readonly Dictionary<IJournalClient, int> _groupOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<Group> _groups = [];

    public async Task AppendAsync(IReadOnlyList<JournalSegment> segments, RedisValue token, CancellationToken cancel)
    {
        int from = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            if (!segments[i].ContinuesInNext)
            {
                await AppendAsync(segments, from, i, token, cancel);
                from = i + 1;
            }
        }
    }

    private async Task AppendAsync(IReadOnlyList<JournalSegment> segments, int from, int through, RedisValue token, CancellationToken cancel)
    {
        int entries = Collect(segments, from, through);
        try
        {
            var conflicts = (int[])(await scripts.RunAsync(RedisScripts.Append, Keys(), Values(entries, token, segments[from].Lsn, segments[through].Lsn), cancel))!;
            foreach (int at in conflicts)
            {
                await etags.ResolveAsync(_groups[at].Client);
            }

            if (conflicts.Length > 0)
            {
                throw new StoreException("Checkpoints had changed in between; the append is repeated.");
            }
        }
        finally
        {
            _groupOf.Clear();
            _groups.Clear();
        }
    }

    private int Collect(IReadOnlyList<JournalSegment> segments, int from, int through)
    {
        int entries = 0;
        for (int i = from; i <= through; i++)
        {
            JournalSegment segment = segments[i];
            foreach (ref readonly JournalRecord record in segment.Records)
            {
                if (!_groupOf.TryGetValue(record.Client, out int at))
                {
                    at = _groups.Count;
                    _groupOf.Add(record.Client, at);
                    _groups.Add(new Group(record.Client, []));
                }

                _groups[at].Entries.Add(segment.Entry(record).ToArray());
                entries++;
            }
        }

        return entries;
    }

    private RedisKey[] Keys()
    {
        var keys = new RedisKey[2 + (2 * _groups.Count)];
        keys[0] = RedisKeys.Owner;
        keys[1] = RedisKeys.Appended;
        for (int i = 0; i < _groups.Count; i++)
        {
            keys[2 + (2 * i)] = RedisKeys.Checkpoint(_groups[i].Client.Key);
            keys[3 + (2 * i)] = RedisKeys.Journal(_groups[i].Client.Key);
        }

        return keys;
    }

    private RedisValue[] Values(int entries, RedisValue token, long firstLsn, long lastLsn)
    {
        var values = new RedisValue[3 + (2 * _groups.Count) + entries];
        values[0] = token;
        values[1] = firstLsn;
        values[2] = lastLsn;
        int at = 3;
        foreach (Group group in _groups)
        {
            values[at++] = group.Client.Etag ?? "";
            values[at++] = group.Entries.Count;
            foreach (byte[] entry in group.Entries)
            {
                values[at++] = entry;
            }
        }

        return values;
    }

    private readonly record struct Group(IJournalClient Client, List<byte[]> Entries);
}
