using System.Runtime.InteropServices;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// Appends many clients' entries in one script call, which costs Redis a fraction of a call each. One call after the
/// other: a later one must not land when an earlier one did not. The caller lets one append or save in at a time.
/// </summary>
internal sealed class RedisAppender(RedisScriptCall scripts, RedisEtags etags)
{
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
        int entries = Count(segments, from, through);
        try
        {
            var conflicts = (int[])(await scripts.RunAsync(RedisScripts.Append, Keys(), Values(segments, from, through, entries, token), cancel))!;
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
            _groups.Clear();
        }
    }

    // Counts the entries of each client. A client knows its own place here: a table by reference would need its hash
    // code, which takes the room in the object that its lock works with.
    private int Count(IReadOnlyList<JournalSegment> segments, int from, int through)
    {
        int entries = 0;
        for (int i = from; i <= through; i++)
        {
            foreach (ref readonly JournalRecord record in segments[i].Records)
            {
                int place = record.Client.Place;
                if (place >= _groups.Count || _groups[place].Client != record.Client)
                {
                    place = record.Client.Place = _groups.Count;
                    _groups.Add(new Group(record.Client));
                }

                CollectionsMarshal.AsSpan(_groups)[place].Entries++;
                entries++;
            }
        }

        return entries;
    }

    private RedisKey[] Keys()
    {
        var keys = new RedisKey[2 + (2 * _groups.Count)];
        keys[0] = RedisLayout.Owner;
        keys[1] = RedisLayout.Appended;
        for (int i = 0; i < _groups.Count; i++)
        {
            keys[2 + (2 * i)] = RedisLayout.Checkpoint(_groups[i].Client.Key);
            keys[3 + (2 * i)] = RedisLayout.Journal(_groups[i].Client.Key);
        }

        return keys;
    }

    private RedisValue[] Values(IReadOnlyList<JournalSegment> segments, int from, int through, int entries, RedisValue token)
    {
        var values = new RedisValue[3 + (2 * _groups.Count) + entries];
        values[0] = token;
        values[1] = segments[from].Lsn;
        values[2] = segments[through].Lsn;
        int at = 3;
        Span<Group> groups = CollectionsMarshal.AsSpan(_groups);
        foreach (ref Group group in groups)
        {
            values[at] = group.Client.Etag ?? "";
            values[at + 1] = group.Entries;
            group.Next = at + 2;
            at += 2 + group.Entries;
        }

        for (int i = from; i <= through; i++)
        {
            foreach (ref readonly JournalRecord record in segments[i].Records)
            {
                values[groups[record.Client.Place].Next++] = segments[i].Entry(record).ToArray();
            }
        }

        return values;
    }

    private struct Group(IJournalClient client)
    {
        public readonly IJournalClient Client = client;

        public int Entries;

        /// <summary>Where among the script's values the client's next entry goes.</summary>
        public int Next;
    }
}
