using Footprint.Grid.Node.Commands;
using Footprint.Grid.Node.Demo;

namespace Footprint.Grid.Node.Tests.Demo;

public sealed class DemoTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Demo_TwoSecondsPlain_ShowsProfilesFormingAndPicksChanging()
    {
        var output = new StringWriter();

        var exit = await NodeProgram.RunAsync(
            ["demo", "--seconds", "2"], new Dictionary<string, string>(), TextReader.Null, output, TextWriter.Null).WaitAsync(_limit);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, exit);
        Assert.Contains(lines, line => line.Contains("Ada") && line.Contains("nothing known yet"));
        Assert.Contains(lines, line => line.Contains("Ada") && line.Contains("profile: ") && line.Contains("golf"));
        Assert.Contains(lines, line => line.Contains("| new: \""));
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Contains("picks; of the last round's picks", lines[^1]);
    }

    [Fact]
    public async Task Demo_WithoutPauses_LearnsTastesAndFollowsAChange()
    {
        using var view = new FrameKeeper(frames: 60);

        await DemoHost.RunAsync(view, TimeSpan.FromHours(1), TimeSpan.Zero, seed: 5, view.Stop).WaitAsync(_limit);

        var first = view.Frames[0];
        var last = view.Frames[^1];
        Assert.All(first.Rows, row => Assert.Empty(row.Interests));
        Assert.All(last.Rows, row => Assert.NotEmpty(row.Interests));
        Assert.True(
            last.Rows.Sum(row => row.Hits) > first.Rows.Sum(row => row.Hits),
            $"{last.Rows.Sum(row => row.Hits)} fit in the end, {first.Rows.Sum(row => row.Hits)} at first");
        Assert.Contains(view.Frames, frame => frame.News is not null);
        Assert.Contains("pottery", last.Rows[0].Interests.Select(interest => interest.Topic));
    }

    [Fact]
    public void Catalog_Items_HaveTopicsTitlesAndIdsOfTheirOwn()
    {
        var items = DemoCatalog.Items(DateTimeOffset.UnixEpoch);

        Assert.Equal(48, items.Select(item => item.ItemId).Distinct().Count());
        Assert.Equal(48, items.Select(item => item.Title).Distinct().Count());
        Assert.All(items, item => Assert.NotEmpty(item.Topics));
    }

    private sealed class FrameKeeper(int frames) : IDemoView, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Stop => _stop.Token;

        public List<DemoFrame> Frames { get; } = [];

        public void Dispose() => _stop.Dispose();

        public async Task ShowAsync(IAsyncEnumerable<DemoFrame> shown)
        {
            await foreach (var frame in shown)
            {
                Frames.Add(frame);
                if (Frames.Count == frames)
                {
                    await _stop.CancelAsync();
                }
            }
        }
    }
}
