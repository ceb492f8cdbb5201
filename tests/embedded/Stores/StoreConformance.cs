using System.Text;
using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Tests.Stores;

/// <summary>What every store must do. A test class derives from this for each store.</summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private IGridStore _store = null!;
    private long _lsn = 1;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _store = await CreateAsync();
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        CleanUp();
    }

    [ToolFact]
    public async Task Load_NeverWritten_IsNone()
    {
        StoredClient stored = await LoadAsync("c1");

        Assert.True(stored.IsNone);
    }

    [ToolFact]
    public async Task Append_Reopened_GivesTheEntriesInOrder()
    {
        var a = new TestClient("t", "a");
        var b = new TestClient("t", "b/with {braces} ü");
        await AppendAsync(Segment((a, 1), (b, 1), (a, 2)), Segment((a, 3), (b, 2)));
        await AppendAsync(Segment((a, 4)));

        await ReopenAsync();

        Assert.Equal([1UL, 2, 3, 4], Sequences(await LoadAsync("a")));
        StoredClient stored = await LoadAsync(b.Key.ClientId);
        Assert.Equal([1UL, 2], Sequences(stored));
        Assert.Equal(2UL, stored.LastSequence);
    }

    [ToolFact]
    public async Task Append_Repeated_IsThereOnce()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        JournalSegment[] segments = [Segment((a, 2), (a, 3)), Segment((a, 4))];

        await AppendAsync(segments);
        await AppendAsync(segments);
        await ReopenAsync();

        Assert.Equal([1UL, 2, 3, 4], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Save_Checkpoint_CoversItsEntriesAndNoLaterOnes()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1), (a, 2)));
        await AppendAsync(Segment((a, 3)));
        await SaveAsync(a, 2, "checkpoint at 2");

        await ReopenAsync();

        StoredClient stored = await LoadAsync("a");
        Assert.Equal("checkpoint at 2", Text(stored.Checkpoint));
        Assert.Equal([3UL], Sequences(stored).Where(s => s > 2));
        Assert.Equal(3UL, stored.LastSequence);
    }

    [ToolFact]
    public async Task Save_AgainAndRepeated_KeepsTheLast()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await SaveAsync(a, 1, "one");
        await AppendAsync(Segment((a, 2)));
        await SaveAsync(a, 2, "two");
        await SaveAsync(a, 2, "two");

        await ReopenAsync();

        Assert.Equal("two", Text((await LoadAsync("a")).Checkpoint));
    }

    [ToolFact]
    public async Task Trim_CoveredSegments_LeavesWhatIsNeeded()
    {
        var a = new TestClient("t", "a");
        var b = new TestClient("t", "b");
        await AppendAsync(Segment((a, 1)));
        JournalSegment needed = Segment((b, 1));
        await AppendAsync(needed, Segment((a, 2)));
        await SaveAsync(a, 2, "a at 2");

        await _store.TrimAsync(needed.Lsn, wipe: true, None).Within("the journal is cut");
        await ReopenAsync();

        StoredClient stored = await LoadAsync("a");
        Assert.Equal("a at 2", Text(stored.Checkpoint));
        Assert.DoesNotContain(1UL, Sequences(stored));
        Assert.Equal([1UL], Sequences(await LoadAsync("b")));
    }

    [ToolFact]
    public async Task Trim_EntriesFoundAtOpening_StayUntilSaved()
    {
        var a = new TestClient("t", "a");
        var b = new TestClient("t", "b");
        await AppendAsync(Segment((a, 1), (b, 1)));
        await ReopenAsync();
        StoredClient first = await LoadAsync("a");
        var again = new TestClient("t", "a") { Etag = first.Etag };
        await SaveAsync(again, 1, "a at 1");

        await _store.TrimAsync(long.MaxValue / 2, wipe: false, None).Within("the journal is cut");
        await ReopenAsync();

        Assert.Equal([1UL], Sequences(await LoadAsync("b")));
        Assert.Equal("a at 1", Text((await LoadAsync("a")).Checkpoint));
    }

    [ToolFact]
    public async Task Append_AfterReopening_GoesOnWhereItEnded()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await ReopenAsync();
        StoredClient stored = await LoadAsync("a");
        var again = new TestClient("t", "a") { Etag = stored.Etag };

        await AppendAsync(Segment((again, 2)));
        await ReopenAsync();

        Assert.Equal([1UL, 2], Sequences(await LoadAsync("a")));
    }

    [ToolFact]
    public async Task Load_Many_AnswersInTheOrderAsked()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 500).Select(i => new TestClient("t", $"c{i}"))];
        await AppendAsync(Segment([.. clients.Select(c => (c, 1UL))]));
        await _store.SaveAsync([.. clients.Select(c => new CheckpointRow(c, 1, Encoding.UTF8.GetBytes(c.Key.ClientId)))], None).Within("saved");

        IReadOnlyList<StoredClient> found = await _store.LoadAsync([.. clients.Select(c => c.Key), new ClientKey("u", "c1")], None).Within("loaded");

        Assert.Equal([.. clients.Select(c => c.Key.ClientId), ""], found.Select(f => Text(f.Checkpoint)));
    }

    [ToolFact]
    public async Task Append_EntryLargerThanASegment_IsKept()
    {
        var a = new TestClient("t", "a");
        var segment = new JournalSegment();
        segment.Start(_lsn++);
        Assert.True(segment.TryAdd(a, 1, TestClient.Entry(1, JournalSegment.Capacity * 2)));
        segment.Seal();

        await AppendAsync(segment);
        await ReopenAsync();

        Assert.True(Assert.Single((await LoadAsync("a")).Journal).Length > JournalSegment.Capacity * 2);
    }

    [ToolFact]
    public async Task Knowledge_Written_ComesBackPerTenant()
    {
        byte[] large = new byte[3_000_000];
        Random.Shared.NextBytes(large);
        await _store.WriteKnowledgeAsync("t", [1], None).Within("written");
        await _store.WriteKnowledgeAsync("t", large, None).Within("written");
        await ReopenAsync();

        Assert.Equal(large, await _store.ReadKnowledgeAsync("t", None).Within("read"));
        Assert.Null(await _store.ReadKnowledgeAsync("u", None).Within("read"));
    }

    [ToolFact]
    public async Task Budgets_Written_ComeBackPerTenantAndCampaign()
    {
        await _store.WriteBudgetsAsync("t", [new BudgetRow("a", [1]), new BudgetRow("b/ü", [2])], None).Within("written");
        await _store.WriteBudgetsAsync("t", [new BudgetRow("a", [3, 0, 255])], None).Within("written");
        await ReopenAsync();

        IReadOnlyList<BudgetRow> rows = await _store.ReadBudgetsAsync("t", None).Within("read");
        Assert.Equal(["a", "b/ü"], rows.Select(r => r.CampaignId).Order(StringComparer.Ordinal));
        Assert.Equal([3, 0, 255], rows.Single(r => r.CampaignId == "a").Data);
        Assert.Empty(await _store.ReadBudgetsAsync("u", None).Within("read"));
    }

    [ToolFact]
    public async Task Quarantine_Records_AreKeptAndCounted()
    {
        var record = new QuarantineRecord("t", "profile", "c1", "a bad checksum", 123, [1, 2, 3]);
        await _store.QuarantineAsync(record with { Reason = "earlier" }, None).Within("kept");
        await _store.QuarantineAsync(record, None).Within("kept");
        await _store.QuarantineAsync(record with { Id = "c2" }, None).Within("kept");

        StoreOpening opening = await ReopenAsync();

        Assert.Equal(2, opening.Quarantined);
        IReadOnlyList<QuarantineRecord> kept = await _store.ReadQuarantineAsync(10, None).Within("read");
        QuarantineRecord first = Assert.Single(kept, r => r.Id == "c1");
        Assert.Equal(record with { Data = first.Data }, first);
        Assert.Equal(record.Data, first.Data);
    }

    /// <summary>A store object on the same storage as before; the first call makes the storage.</summary>
    private protected abstract Task<IGridStore> CreateAsync();

    private protected virtual void CleanUp()
    {
    }

    private protected IGridStore Store => _store;

    private protected async Task<StoreOpening> ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = await CreateAsync();
        return await OpenAsync();
    }

    private protected JournalSegment Segment(params (TestClient Client, ulong Sequence)[] entries)
    {
        var segment = new JournalSegment();
        segment.Start(_lsn++);
        foreach ((TestClient client, ulong sequence) in entries)
        {
            Assert.True(segment.TryAdd(client, sequence, TestClient.Entry(sequence)));
        }

        segment.Seal();
        return segment;
    }

    private protected Task AppendAsync(params JournalSegment[] segments) => _store.AppendAsync(segments, None).Within("the segments are appended");

    private protected Task SaveAsync(TestClient client, ulong sequence, string data) =>
        _store.SaveAsync([new CheckpointRow(client, sequence, Encoding.UTF8.GetBytes(data))], None).Within("the checkpoint is saved");

    private protected async Task<StoredClient> LoadAsync(string client) =>
        Assert.Single(await _store.LoadAsync([new ClientKey("t", client)], None).Within("the client is loaded"));

    private protected static IEnumerable<ulong> Sequences(StoredClient stored) => stored.Journal.Select(e => TestClient.Sequence(e.Span));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private async Task<StoreOpening> OpenAsync()
    {
        StoreOpening opening = await _store.OpenAsync(None).Within("the store is opened");
        _lsn = Math.Max(_lsn, opening.NextLsn);
        return opening;
    }
}
