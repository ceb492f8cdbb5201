using System.Diagnostics;
using System.Text;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Redis;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Durable;

/// <summary>
/// The durable floor: each event rewrites its client's whole profile by one script that checks an ETag, as Orleans' Redis
/// storage and most hand-made stores do, 64 of them in flight. Reading the profile and changing it are left out, in its favour.
/// </summary>
internal sealed class RedisFloor : IDisposable
{
    public const int InFlight = 64;
    private const string Script =
        "local etag = redis.call('HGET', KEYS[1], 'etag') " +
        "if not etag or etag == ARGV[1] then redis.call('HSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3]) return 1 end " +
        "return redis.error_reply('etag of ' .. KEYS[1] .. ' is ' .. etag)";

    private readonly RespLoad _load;
    private readonly byte[] _scriptId;
    private readonly byte[] _profile;
    private readonly int[] _etags;
    private readonly ZipfSampler _clients;
    private SplitMix _random = new(5);

    public RedisFloor(RedisProcess redis, int clients, int profileBytes)
    {
        _load = new RespLoad(redis.Address);
        _load.Out.Command(3).Word("SCRIPT"u8).Word("LOAD"u8).Word(Encoding.ASCII.GetBytes(Script));
        _scriptId = _load.Ask();
        _etags = new int[clients];
        _clients = new ZipfSampler(clients, 1.0);

        // Bytes that do not repeat, as a profile's do not.
        _profile = new byte[profileBytes];
        for (var i = 0; i < profileBytes; i++)
        {
            _profile[i] = (byte)_random.Next(256);
        }
    }

    public LoadResult Run(TimeSpan duration)
    {
        var latency = new LatencyHistogram();
        var sent = new Queue<long>();
        var start = Stopwatch.GetTimestamp();
        long answered = 0;
        while (true)
        {
            var more = Stopwatch.GetElapsedTime(start) < duration;
            while (more && sent.Count < InFlight)
            {
                Write();
                sent.Enqueue(Stopwatch.GetTimestamp());
            }

            _load.Flush();
            if (sent.Count == 0)
            {
                return new LoadResult([answered], Stopwatch.GetElapsedTime(start), 0, latency);
            }

            for (var replies = _load.Receive(); replies > 0; replies--)
            {
                latency.Add(Stopwatch.GetTimestamp() - sent.Dequeue());
                answered++;
            }
        }
    }

    public void Dispose() => _load.Dispose();

    private void Write()
    {
        var client = _clients.Next(ref _random);
        var etag = _etags[client]++;
        _load.Out.Command(7).Word("EVALSHA"u8).Word(_scriptId).Word("1"u8).Word("fg:default/c"u8, client)
            .Word(""u8, etag).Word(""u8, etag + 1).Word(_profile);
    }
}
