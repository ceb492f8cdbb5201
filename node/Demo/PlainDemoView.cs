using System.Globalization;

namespace Footprint.Grid.Node.Demo;

/// <summary>Lines for a file or a pipe: of each visitor the first picks, then whenever they change.</summary>
internal sealed class PlainDemoView(TextWriter output) : IDemoView
{
    public async Task ShowAsync(IAsyncEnumerable<DemoFrame> frames)
    {
        DemoFrame? last = null;
        await foreach (var frame in frames)
        {
            if (frame.News is not null)
            {
                await output.WriteLineAsync($"{Clock(frame)}  {frame.News}");
            }

            foreach (var row in frame.Rows.Where(row => last is null || row.Entered.Count > 0))
            {
                await output.WriteLineAsync(Line(frame, row));
            }

            await output.FlushAsync();
            last = frame;
        }

        if (last is not null)
        {
            await output.WriteLineAsync(Summary(last));
        }
    }

    public static string Summary(DemoFrame frame) => string.Create(
        CultureInfo.InvariantCulture,
        $"{frame.Events} acts, {frame.Picks} picks; of the last round's picks {Percent(frame)} % fit the visitors' tastes.");

    private static int Percent(DemoFrame frame) =>
        (int)Math.Round(100.0 * frame.Rows.Sum(row => row.Hits) / Math.Max(1, frame.Rows.Sum(row => row.Picks.Count)));

    private static string Line(DemoFrame frame, DemoRow row)
    {
        var interests = row.Interests.Count == 0
            ? "nothing known yet"
            : string.Join(", ", row.Interests.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Topic} {i.Affinity:0.0}")));
        var picks = string.Join(", ", row.Picks.Take(3).Select(p => $"\"{p.Title}\" {p.MatchPercent} %"));
        var entered = row.Entered.Count == 0 ? "" : " | new: " + string.Join(", ", row.Entered.Select(title => $"\"{title}\""));
        return $"{Clock(frame)}  {row.Name,-6} ({row.Taste}) | profile: {interests} | picks: {picks}{entered} | {row.Hits} of {row.Picks.Count} fit";
    }

    private static string Clock(DemoFrame frame) => frame.Elapsed.ToString(@"mm\:ss\.f", CultureInfo.InvariantCulture);
}
