using System.Text;
using Footprint.Grid.Node.Import;

namespace Footprint.Grid.Node.Tests.Import;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_WithMarkBlanksAndCarriageReturns_AreNumberedAndTrimmed()
    {
        var lines = await ReadAsync([0xEF, 0xBB, 0xBF, .. "{\"a\":1}\r\n\n  \n {\"b\":2}"u8]);

        Assert.Equal([(1, "{\"a\":1}"), (4, "{\"b\":2}")], lines);
    }

    [Fact]
    public async Task Lines_TooLong_AreToldAndPassedOver()
    {
        var text = "{}\n" + new string('x', LineReader.MaxLineBytes * 3) + "\n{\"last\":1}\n";

        var lines = await ReadAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal([(1, "{}"), (2, null), (3, "{\"last\":1}")], lines);
    }

    [Fact]
    public async Task Bytes_AtTheEnd_AreAllOfTheFile()
    {
        var bytes = Encoding.UTF8.GetBytes("{}\n\n" + new string('x', LineReader.MaxLineBytes * 2) + "\n{}");
        var reader = new LineReader(new MemoryStream(bytes));

        await foreach (var line in reader.ReadAsync())
        {
            Assert.True(line.Number <= 4);
        }

        Assert.Equal(bytes.Length, reader.BytesRead);
    }

    private static async Task<List<(long, string?)>> ReadAsync(byte[] bytes)
    {
        var lines = new List<(long, string?)>();
        await foreach (var (number, line) in new LineReader(new MemoryStream(bytes)).ReadAsync())
        {
            lines.Add((number, line is null ? null : Encoding.UTF8.GetString(line)));
        }

        return lines;
    }
}
