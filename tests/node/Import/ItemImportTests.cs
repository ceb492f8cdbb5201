using System.Net;
using System.Text;
using Footprint.Grid.Node.Import;

namespace Footprint.Grid.Node.Tests.Import;

public sealed class ItemImportTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly FakeNode _node = new();
    private readonly RecordedProgress _progress = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Import_OfManyItems_SendsThemInOrderAndBatches()
    {
        var lines = Enumerable.Range(0, 2_500).Select(i => $$"""{"itemId":"i{{i}}"}""");

        var result = await RunAsync(lines, goOn: false);

        Assert.True(result.IsWhole);
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"i{i}"), _node.Taken);
        Assert.Equal([1_000, 1_000, 500], _node.BatchSizes);
        Assert.Equal(2_500, result.Counts.Items);
    }

    [Fact]
    public async Task Import_WithBadLinesContinuing_TellsEachAndTakesTheRest()
    {
        string[] lines = ["""{"itemId":"a"}""", "not json", """{"itemId":""}""", """{"itemId":"b"}""", """{"itemId":"","colour":1}""", """{"itemId":"c"}"""];

        var result = await RunAsync(lines, goOn: true);

        Assert.Null(result.Failure);
        Assert.False(result.IsWhole);
        Assert.Equal(["a", "b", "c"], _node.Taken);
        Assert.Equal((3, 3), (result.Counts.Items, result.Counts.BadLines));
        Assert.Equal([2, 3, 5], _progress.Faults.Select(fault => fault.Line));
        Assert.Contains("line 3: itemId: is empty (limit: 1 to 128 bytes)", _progress.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public async Task Import_WithBadLine_StopsAndTakesNothingOfItsBatch()
    {
        var lines = Enumerable.Range(1, 2_200).Select(i => i == 1_500 ? "{oops" : $$"""{"itemId":"i{{i}}"}""");

        var result = await RunAsync(lines, goOn: false);

        Assert.Contains("line 1500", result.Failure);
        Assert.Equal(1_000, _node.Taken.Count);
        Assert.Equal(1_500, Assert.Single(_progress.Faults).Line);
    }

    [Fact]
    public async Task Import_ToABusyNode_TriesAgain()
    {
        _node.Busy.Enqueue(HttpStatusCode.TooManyRequests);
        _node.Busy.Enqueue(HttpStatusCode.ServiceUnavailable);

        var result = await RunAsync(["""{"itemId":"a"}"""], goOn: false);

        Assert.True(result.IsWhole);
        Assert.Equal(["a"], _node.Taken);
    }

    [Fact]
    public async Task Import_WhereNobodyAnswers_FailsAtOnce()
    {
        _node.IsAway = true;

        var result = await RunAsync(["""{"itemId":"a"}"""], goOn: true);

        Assert.Contains("cannot be reached", result.Failure);
        Assert.Equal(1, _node.Calls);
    }

    [Fact]
    public async Task Import_RefusedForItsKey_StopsAtOnceWithTheAnswer()
    {
        _node.Busy.Enqueue(HttpStatusCode.Unauthorized);

        var result = await RunAsync(["""{"itemId":"a"}"""], goOn: true);

        Assert.Contains("401", result.Failure);
        Assert.Empty(_node.Taken);
    }

    private async Task<ImportResult> RunAsync(IEnumerable<string> lines, bool goOn)
    {
        using var client = new HttpClient(_node) { BaseAddress = new Uri("http://node.test") };
        var import = new ItemImport(new ItemSender(client, new InstantTime()), _progress, goOn);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return await import.RunAsync(file, CancellationToken.None).WaitAsync(_limit);
    }

    private sealed class RecordedProgress : IImportProgress
    {
        public List<LineFault> Faults { get; } = [];

        public void Report(ImportCounts counts)
        {
        }

        public void Report(LineFault fault) => Faults.Add(fault);
    }

    /// <summary>Pauses that are over at once.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
