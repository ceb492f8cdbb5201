using System.Text;
using Footprint.Grid.Bench.Redis;

namespace Footprint.Grid.Bench.Tests.Redis;

public class RespTests
{
    [Fact]
    public void Writer_Command_IsAnArrayOfBulkStrings()
    {
        var writer = new RespWriter();

        writer.Command(3).Word("SET"u8).Word("key:"u8, 42).Word("välue");

        Assert.Equal("*3\r\n$3\r\nSET\r\n$6\r\nkey:42\r\n$6\r\nvälue\r\n", Encoding.UTF8.GetString(writer.Bytes));
    }

    [Fact]
    public void TrySkip_AnyPrefixOfAReply_WaitsForTheRest()
    {
        var reply = "*3\r\n$2\r\nab\r\n:7\r\n*1\r\n$-1\r\n"u8;

        for (var length = 0; length < reply.Length; length++)
        {
            var part = new RespReader(reply[..length]);
            Assert.False(part.TrySkip());
            Assert.Equal(0, part.Position);
        }

        var whole = new RespReader(reply);
        Assert.True(whole.TrySkip());
        Assert.Equal(reply.Length, whole.Position);
    }

    [Fact]
    public void TrySkip_ErrorReply_Throws()
    {
        var error = Assert.Throws<IOException>(() => new RespReader("-ERR no such thing\r\n"u8).TrySkip());

        Assert.Contains("ERR no such thing", error.Message, StringComparison.Ordinal);
    }
}
