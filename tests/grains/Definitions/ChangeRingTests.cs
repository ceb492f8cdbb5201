using Footprint.Grid.Grains.Definitions;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Tests.Definitions;

public sealed class ChangeRingTests
{
    [Fact]
    public void Read_FromAVersion_GivesWhatFollowsUpToABound()
    {
        var ring = new ChangeRing();
        for (ulong i = 1; i <= 5; i++)
        {
            ring.Add(Change(i, i + 1, 100));
        }

        Assert.Equal([3UL, 4, 5], Read(ring, 3, 1000).Select(c => c.From));
        Assert.Equal([3UL, 4], Read(ring, 3, 250).Select(c => c.From));
        Assert.Equal([3UL], Read(ring, 3, 1).Select(c => c.From));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(99)]
    public void Read_FromAVersionThatIsNotThere_SaysSo(ulong from)
    {
        var ring = new ChangeRing();
        ring.Add(Change(1, 6, 100));

        Assert.False(ring.TryRead(from, 1000, []));
    }

    [Fact]
    public void Add_MoreThanFits_ForgetsTheOldest()
    {
        var ring = new ChangeRing();
        const int part = (ChangeRing.MostBytes / 4) + 100;
        for (ulong i = 1; i <= 5; i++)
        {
            ring.Add(Change(i, i + 1, part));
        }

        Assert.False(ring.TryRead(2, 1000, []));
        Assert.Equal([3UL, 4, 5], Read(ring, 3, int.MaxValue).Select(c => c.From));
    }

    private static List<DefinitionsChanged> Read(ChangeRing ring, ulong from, int mostBytes)
    {
        var read = new List<DefinitionsChanged>();
        Assert.True(ring.TryRead(from, mostBytes, read));
        return read;
    }

    private static DefinitionsChanged Change(ulong from, ulong to, int bytes) =>
        new() { From = from, To = to, Rows = { new DefinitionsRow { Name = "1:a", Data = ByteString.CopyFrom(new byte[bytes - 20]) } } };
}
