using System.Text;
using Footprint.Grid.Bench.Load;

namespace Footprint.Grid.Bench.Tests.Load;

public class ResponseHeadersTests
{
    [Fact]
    public void Read_LiteralThenReferenceToIt_GivesTheSameStatus()
    {
        var headers = new ResponseHeaders();

        headers.Read([0x40, 11, .. "grpc-status"u8, 1, (byte)'7']);
        var literal = headers.GrpcStatus;
        headers.Read([0x80 | 62]);

        Assert.Equal(7, literal);
        Assert.Equal(7, headers.GrpcStatus);
    }

    [Fact]
    public void Read_BlockWithoutStatus_GivesNone()
    {
        var headers = new ResponseHeaders();

        headers.Read([0x88]);

        Assert.Equal(-1, headers.GrpcStatus);
        Assert.Equal(200, headers.HttpStatus);
    }

    [Fact]
    public void Read_TableOverflows_OldestEntriesGoFirst()
    {
        var headers = new ResponseHeaders();
        headers.Read([0x40, 11, .. "grpc-status"u8, 1, (byte)'7']);

        // Four entries of 32 + 3 + 1000 bytes: with the last of them the table passes 4,096 bytes and the status goes.
        for (var i = 0; i < 3; i++)
        {
            headers.Read(Entry("abc", new string('x', 1000)));
        }

        headers.Read([0x80 | 65]);
        var before = headers.GrpcStatus;
        headers.Read(Entry("abc", new string('x', 1000)));

        Assert.Equal(7, before);
        Assert.Throws<ArgumentOutOfRangeException>(() => headers.Read([0x80 | 66]));
    }

    [Fact]
    public void Read_HuffmanCodedText_IsRefused()
    {
        var headers = new ResponseHeaders();

        Assert.Throws<NotSupportedException>(() => headers.Read([0x40, 0x80 | 3, 1, 2, 3, 1, (byte)'x']));
    }

    private static byte[] Entry(string name, string value)
    {
        var rest = value.Length - 127;
        return [0x40, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 127, (byte)(0x80 | (rest & 0x7F)), (byte)(rest >> 7), .. Encoding.ASCII.GetBytes(value)];
    }
}
