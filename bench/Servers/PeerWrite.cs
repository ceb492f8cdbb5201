using Footprint.Grid.Bench.Redis;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Servers;

/// <summary>One event written to Redis: its item's topics gain, the item becomes the newest of the list.</summary>
internal sealed class PeerWrite(FootprintEvent e, int[] topics) : RespRequest
{
    public override int Replies => topics.Length + 2;

    public override void WriteTo(RespWriter writer)
    {
        for (var i = 0; i < topics.Length; i++)
        {
            writer.Command(4).Word("ZINCRBY"u8).Word("p:" + e.ClientId).Word(SpeedWorld.Weight(i)).Word("t"u8, topics[i]);
        }

        writer.Command(3).Word("LPUSH"u8).Word("r:" + e.ClientId).Word(e.ItemId);
        writer.Command(4).Word("LTRIM"u8).Word("r:" + e.ClientId).Word("0"u8).Word("49"u8);
    }

    protected override void Read(RespReader replies)
    {
    }
}
