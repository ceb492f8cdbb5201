using System.Globalization;
using Spectre.Console;

namespace Footprint.Grid.Node.Demo;

/// <summary>One table that is drawn over again while the visitors act.</summary>
internal sealed class LiveDemoView(IAnsiConsole console) : IDemoView
{
    private const int BarWidth = 10;

    private string _news = "Nothing is known about anybody yet: everyone sees what is popular and new.";

    public async Task ShowAsync(IAsyncEnumerable<DemoFrame> frames)
    {
        DemoFrame? last = null;
        await console.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            await foreach (var frame in frames)
            {
                _news = frame.News ?? _news;
                live.UpdateTarget(Draw(frame));
                live.Refresh();
                last = frame;
            }
        });
        if (last is not null)
        {
            console.WriteLine(PlainDemoView.Summary(last));
        }
    }

    private Rows Draw(DemoFrame frame)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand()
            .AddColumns("Visitor and taste", "Profile as the grid sees it", "Picks (match), new ones green", "Fit");
        foreach (var row in frame.Rows)
        {
            table.AddRow(
                new Markup($"[bold]{Markup.Escape(row.Name)}[/]\n[grey]{Markup.Escape(row.Taste)}[/]"),
                new Markup(Interests(row)),
                new Markup(Picks(row)),
                new Markup($"{row.Hits}/{row.Picks.Count}"));
        }

        return new Rows(table, new Markup($"[yellow]{Markup.Escape(_news)}[/]"), Footer(frame));
    }

    private static Markup Footer(DemoFrame frame) => new Markup(string.Create(
        CultureInfo.InvariantCulture, $"[grey]{frame.Elapsed:mm\\:ss}  {frame.Events} acts, {frame.Picks} picks. Ctrl-C ends the demo.[/]"));

    private static string Interests(DemoRow row)
    {
        if (row.Interests.Count == 0)
        {
            return "[grey]nothing yet[/]";
        }

        var top = Math.Max(row.Interests[0].Affinity, 1e-9);
        return string.Join('\n', row.Interests.Select(interest =>
        {
            var filled = (int)Math.Clamp(Math.Round(BarWidth * interest.Affinity / top), 0, BarWidth);
            var bar = new string('█', filled) + new string('░', BarWidth - filled);
            return string.Create(
                CultureInfo.InvariantCulture, $"[blue]{bar}[/] {Markup.Escape(interest.Topic)} [grey]{interest.Affinity:0.0}[/]");
        }));
    }

    private static string Picks(DemoRow row) => string.Join('\n', row.Picks.Take(3).Select(pick =>
    {
        var text = $"{Markup.Escape(pick.Title)} [grey]{pick.MatchPercent} %[/]";
        return row.Entered.Contains(pick.Title) ? $"[green]{text}[/]" : text;
    }));
}
