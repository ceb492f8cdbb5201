namespace Footprint.Grid.Grains.Journal;

/// <summary>The script that appends.</summary>
internal static class JournalScripts
{
    /// <summary>
    /// Takes appends of many clients; each is one group of entries for one client, or two that go together (a link).
    /// KEYS from 3: checkpoint, journal and tombstone of each group. ARGV from 3: for each append the number of its groups,
    /// then of each group the etag that the checkpoint has, the length that the journal has, the tombstone that there is
    /// where there is no checkpoint, how many entries, and the entries.
    /// Gives for each append 0 when it was done, 1 when it had been done before (so a repeat after an unknown outcome is
    /// safe), 2 when somebody else wrote to one of its clients; nothing of it was done then.
    /// </summary>
    public const string Append = """
        local results, k, at = {}, 3, 3
        while at <= #ARGV do
            local groups, fresh, done = tonumber(ARGV[at]), true, true
            local firstk, first = k, at + 1
            at = first
            for g = 1, groups do
                local etag, length = redis.pcall('HGET', KEYS[k], 'etag'), redis.pcall('LLEN', KEYS[k + 1])
                local count = tonumber(ARGV[at + 3])
                if type(etag) == 'table' or type(length) == 'table' or (etag or '') ~= ARGV[at] then
                    fresh, done = false, false
                elseif ARGV[at] == '' and (redis.call('GET', KEYS[k + 2]) or '') ~= ARGV[at + 2] then
                    fresh, done = false, false
                else
                    fresh = fresh and length == tonumber(ARGV[at + 1])
                    done = done and length == tonumber(ARGV[at + 1]) + count
                    if done then
                        local found = redis.call('LRANGE', KEYS[k + 1], -count, -1)
                        for i = 1, count do done = done and found[i] == ARGV[at + 3 + i] end
                    end
                end
                at = at + 4 + count
                k = k + 3
            end
            if fresh then
                k, at = firstk, first
                for g = 1, groups do
                    local count = tonumber(ARGV[at + 3])
                    for i = at + 4, at + 3 + count, 1000 do
                        redis.call('RPUSH', KEYS[k + 1], unpack(ARGV, i, math.min(i + 999, at + 3 + count)))
                    end
                    at = at + 4 + count
                    k = k + 3
                end
                results[#results + 1] = 0
            elseif done then
                results[#results + 1] = 1
            else
                results[#results + 1] = 2
            end
        end
        return results
        """;
}
