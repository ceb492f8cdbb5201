using Footprint.Grid.Bench.Accuracy;

namespace Footprint.Grid.Bench.Tests.Accuracy;

public sealed class SequenceFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Read_Lines_KeepsTheOrderOfActs()
    {
        File.WriteAllText(_file, "1 7 9 7\n2 9 8\n3 5\n");

        var trace = SequenceFile.Read(_file);

        Assert.Equal(["item-5", "item-7", "item-8", "item-9"], trace.Items.Select(i => i.ItemId).Order());
        Assert.Equal(2, trace.People.Count);
        Assert.Equal(["item-7", "item-9", "item-7"], trace.People[0].Select(item => trace.Items[item].ItemId));
        Assert.Equal(["item-9", "item-8"], trace.People[1].Select(item => trace.Items[item].ItemId));
        Assert.Equal(2, trace.History(0).Length);
        Assert.Equal(3, trace.Played);
    }

    [Fact]
    public void Read_ItemsNumberedAsTheyAppear_TheCatalogHasAnotherOrder()
    {
        File.WriteAllText(_file, string.Join('\n', Enumerable.Range(1, 100).Select(n => $"{n} {(2 * n) - 1} {2 * n}")));

        var trace = SequenceFile.Read(_file);

        Assert.InRange(trace.People.Count(acts => Math.Abs(acts[0] - acts[1]) == 1), 0, 10);
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
