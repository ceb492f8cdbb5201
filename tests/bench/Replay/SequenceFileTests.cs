using Footprint.Grid.Bench.Replay;

namespace Footprint.Grid.Bench.Tests.Replay;

public sealed class SequenceFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Read_Lines_KeepsTheOrderOfActs()
    {
        File.WriteAllText(_file, "1 7 9 7\n2 9 8\n3 5\n");

        var trace = SequenceFile.Read(_file);

        Assert.Equal(["item-7", "item-9", "item-8", "item-5"], trace.Items.Select(i => i.ItemId));
        Assert.Equal(2, trace.People.Count);
        Assert.Equal([0, 1], trace.History(0).ToArray());
        Assert.Equal(0, trace.HeldOut(0));
        Assert.Equal(3, trace.Played);
    }

    [Theory]
    [InlineData("1 2 x\n")]
    [InlineData("1\n")]
    [InlineData("1 2 3\n\n")]
    public void Read_NotASequence_NamesTheLine(string text)
    {
        File.WriteAllText(_file, text);

        var error = Assert.Throws<FormatException>(() => SequenceFile.Read(_file));

        Assert.Contains($"line {text.Count(c => c == '\n')}", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);
}
