using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Sqlite;

namespace Footprint.Grid.Embedded.Tests.Stores;

public sealed class SqliteStoreTests : StoreConformance
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Open_DirectoryInUse_IsRefused()
    {
        await using IGridStore second = await CreateAsync();

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => second.OpenAsync(CancellationToken.None));

        Assert.Contains("another process", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DamagedSegment_IsQuarantinedAndTheRestRead()
    {
        var a = new TestClient("t", "a");
        JournalSegment damaged = Segment((a, 3));
        await AppendAsync(Segment((a, 1), (a, 2)), damaged);
        await Store.DisposeAsync();
        using (var db = new SqliteDatabase(Path.Combine(_directory.Path, "journal.db"), readOnly: false))
        {
            db.Execute($"UPDATE segments SET data = zeroblob(length(data)) WHERE lsn = {damaged.Lsn}");
        }

        StoreOpening opening = await ReopenAsync();

        Assert.Equal(1, opening.Quarantined);
        Assert.Equal([1UL, 2], Sequences(await LoadAsync("a")));
        QuarantineRecord record = Assert.Single(await Store.ReadQuarantineAsync(10, CancellationToken.None).Within("read"));
        Assert.Equal(("segment", $"{damaged.Lsn}", damaged.Length), (record.Kind, record.Id, record.Data.Length));
        Assert.Equal(1, (await ReopenAsync()).Quarantined);
    }

    [Fact]
    public async Task Trim_Wiped_LeavesNoTraceInTheFiles()
    {
        const string Secret = "very-private-client-id";
        var secret = new TestClient("t", Secret);
        await AppendAsync(Segment((secret, 1)));
        await SaveAsync(secret, 1, "nothing");
        Assert.Contains(Files(), f => Contains(f, Secret, except: "grid.db"));

        await Store.TrimAsync(long.MaxValue / 2, wipe: true, CancellationToken.None).Within("the journal is wiped");

        Assert.DoesNotContain(Files(), f => Contains(f, Secret, except: "grid.db"));
    }

    [Fact]
    public async Task Open_NewerFormat_IsRefused()
    {
        await Store.DisposeAsync();
        using (var db = new SqliteDatabase(Path.Combine(_directory.Path, "grid.db"), readOnly: false))
        {
            db.Execute("PRAGMA user_version = 99");
        }

        StoreException e = await Assert.ThrowsAsync<StoreException>(ReopenAsync);

        Assert.Contains("99", e.Message, StringComparison.Ordinal);
    }

    private protected override Task<IGridStore> CreateAsync() =>
        Task.FromResult<IGridStore>(new SqliteStore(_directory.Path, TimeProvider.System));

    private protected override void CleanUp() => _directory.Delete();

    private static bool Contains(string file, string text, string except) =>
        !Path.GetFileName(file).StartsWith(except, StringComparison.Ordinal)
        && System.Text.Encoding.Latin1.GetString(Read(file)).Contains(text, StringComparison.Ordinal);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string[] Files() => Directory.GetFiles(_directory.Path, "*.db*");
}
