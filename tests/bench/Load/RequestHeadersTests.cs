using Footprint.Grid.Bench.Load;

namespace Footprint.Grid.Bench.Tests.Load;

public class RequestHeadersTests
{
    [Fact]
    public void For_CalledAgain_RefersToTheTable()
    {
        var headers = new RequestHeaders("127.0.0.1:1", "key");

        var first = headers.For("/a/B");
        var second = headers.For("/a/B");

        Assert.True(first.Length > 60);
        Assert.Equal([0x83, 0x86, 0x80 | 66, 0x80 | 65, 0x80 | 64, 0x80 | 63, 0x80 | 62], second);
        Assert.Same(second, headers.For("/a/B"));
    }

    [Fact]
    public void For_AnotherPath_MovesTheReferences()
    {
        var headers = new RequestHeaders("127.0.0.1:1", bearer: null);
        headers.For("/a/B");
        headers.For("/a/B");

        headers.For("/a/C");

        Assert.Equal([0x83, 0x86, 0x80 | 66, 0x80 | 65, 0x80 | 64, 0x80 | 63], headers.For("/a/B"));
    }
}
