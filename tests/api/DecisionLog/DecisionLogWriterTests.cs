using System.Text.Json;
using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Core.Decisions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Api.Tests.DecisionLog;

public sealed class DecisionLogWriterTests : IDisposable
{
    private const long Mib = 1024 * 1024;
    private readonly string _folder = Directory.CreateTempSubdirectory("footprint-decisions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writer_DecisionsAndRewards_AreLinesOfTheirTenantsFiles()
    {
        using (var writer = await StartAsync(Mib))
        {
            writer.Decided("a", new LoggedDecision(0xAB, 1_700_000_000_123, "home", "i\"7", 0.25, "i9"));
            writer.Rewarded("a", new LoggedReward(0xAB, 1_700_000_001_000, "i\"7", 1));
            writer.Decided("..", new LoggedDecision(1, 0, "p", "i1", 1, "i1"));
            await Wait.For(writer.StopAsync(CancellationToken.None), "end of writing");
        }

        var lines = Lines("a");
        Assert.Equal(2, lines.Count);
        var decision = lines[0].RootElement;
        Assert.Equal("00000000000000ab", decision.GetProperty("decision").GetString());
        Assert.Equal("2023-11-14T22:13:20.123Z", decision.GetProperty("time").GetString());
        Assert.Equal(("home", "i\"7"), (decision.GetProperty("place").GetString(), decision.GetProperty("action").GetString()));
        Assert.Equal((0.25, 1), (decision.GetProperty("propensity").GetDouble(), decision.GetProperty("target").GetProperty("i9").GetInt32()));
        Assert.Equal(("00000000000000ab", 1), (lines[1].RootElement.GetProperty("decision").GetString(), lines[1].RootElement.GetProperty("reward").GetInt32()));
        Assert.Single(Lines(".."));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Writer_MoreThanMayBeKept_LosesTheOldestAndNothingOfOthers()
    {
        var other = Path.Combine(_folder, "a.txt");
        await File.WriteAllTextAsync(other, "kept");
        using (var writer = await StartAsync(16_384))
        {
            for (var n = 0; n < 1_000; n++)
            {
                writer.Decided("a", new LoggedDecision((ulong)n, n, "home", "item", 0.5, "item"));
            }

            await Wait.For(writer.StopAsync(CancellationToken.None), "end of writing");
        }

        Assert.True(File.Exists(other));
        Assert.InRange(LogSeries.Of(_folder, "a").Sum(file => file.Length), 8_192, 17_500);
        var kept = Lines("a").Select(line => Convert.ToInt32(line.RootElement.GetProperty("decision").GetString(), 16)).ToList();
        Assert.Equal(Enumerable.Range(1_000 - kept.Count, kept.Count), kept);
    }

    [Fact]
    public async Task Writer_FolderThatCannotBeWritten_DropsLinesAndGoesOn()
    {
        var file = Path.Combine(_folder, "no-folder");
        await File.WriteAllTextAsync(file, "");
        using var writer = new DecisionLogWriter(new DecisionLogOptions(file, Mib), TimeProvider.System, NullLogger<DecisionLogWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);

        writer.Rewarded("a", new LoggedReward(1, 1, "i", 1));
        writer.Rewarded("a", new LoggedReward(2, 1, "i", 1));

        await Wait.For(writer.StopAsync(CancellationToken.None), "end although nothing can be written");
        Assert.True(writer.ExecuteTask!.IsCompletedSuccessfully);
    }

    private async Task<DecisionLogWriter> StartAsync(long mostBytes)
    {
        var writer = new DecisionLogWriter(new DecisionLogOptions(_folder, mostBytes), TimeProvider.System, NullLogger<DecisionLogWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);
        return writer;
    }

    private List<JsonDocument> Lines(string tenant) =>
        [.. LogSeries.Of(_folder, tenant).SelectMany(file => File.ReadLines(file.FullName)).Select(line => JsonDocument.Parse(line))];
}
