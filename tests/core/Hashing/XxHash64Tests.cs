using System.Text;
using Footprint.Grid.Core.Hashing;

namespace Footprint.Grid.Core.Tests.Hashing;

public sealed class XxHash64Tests
{
    // Known answers of XXH64 with seed 0.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void Hash_KnownText_KnownAnswer(string text, ulong expected)
    {
        Assert.Equal(expected, XxHash64.Hash(text));
        Assert.Equal(expected, XxHash64.Hash(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Hash_LongText_SameAsItsBytes()
    {
        string text = new('é', 2000);

        Assert.Equal(XxHash64.Hash(Encoding.UTF8.GetBytes(text)), XxHash64.Hash(text));
    }
}
