using System.Buffers.Text;
using Footprint.Grid.Bench.Redis;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Bench.Servers;

/// <summary>One read of a profile from Redis: its topics with their scores (sorted set) and its recent items (list), in one round trip.</summary>
internal sealed class PeerProfile : RespRequest
{
    public const int RecentItems = 50;
    private string _clientId = "";

    public override int Replies => 2;

    /// <summary>Affinity by topic number; zero where there is none.</summary>
    public float[] Affinity { get; } = new float[SpeedWorld.Topics];

    /// <summary>Topics with an affinity, strongest first.</summary>
    public int[] Topics { get; } = new int[SpeedWorld.Topics];

    public int TopicCount { get; private set; }

    public int[] Recent { get; } = new int[RecentItems];

    public int RecentCount { get; private set; }

    public ValueTask ReadAsync(RespPipeline redis, string clientId)
    {
        _clientId = clientId;
        for (var i = 0; i < TopicCount; i++)
        {
            Affinity[Topics[i]] = 0;
        }

        return redis.SendAsync(this);
    }

    public override void WriteTo(RespWriter writer) => writer
        .Command(5).Word("ZREVRANGE"u8).Word("p:" + _clientId).Word("0"u8).Word("-1"u8).Word("WITHSCORES"u8)
        .Command(4).Word("LRANGE"u8).Word("r:" + _clientId).Word("0"u8).Word("49"u8);

    protected override void Read(RespReader replies)
    {
        TopicCount = replies.ReadArray() / 2;
        for (var i = 0; i < TopicCount; i++)
        {
            var topic = Number(replies.ReadBulk());
            Topics[i] = topic;
            Affinity[topic] = Utf8Parser.TryParse(replies.ReadBulk(), out double score, out _) ? (float)score : 0;
        }

        RecentCount = replies.ReadArray();
        for (var i = 0; i < RecentCount; i++)
        {
            Recent[i] = Number(replies.ReadBulk());
        }
    }

    // The number in a name such as t17 or i4711.
    private static int Number(ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(name[1..], out int number, out _) ? number : throw new IOException("Redis holds a name that is none of this world's.");
}
