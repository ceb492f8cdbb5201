using System.Text;
using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Stores;

namespace Footprint.Grid.Embedded.Tests.Stores;

public abstract partial class StoreConformance
{
    private static readonly byte[] _grave = [.. Enumerable.Repeat((byte)7, 32)];

    [ToolFact]
    public async Task Save_Tombstone_ReplacesAllThatWasUnderTheId()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1), (a, 2)));
        await SaveAsync(a, 1, "before");
        await _store.QuarantineAsync(new QuarantineRecord("t", "profile", "a", "damaged", 1, [1]), None);

        await BuryAsync(a, 2, "after");
        await BuryAsync(a, 2, "after");
        await ReopenAsync();

        Assert.Equal("after", Encoding.UTF8.GetString(Assert.Single(await _store.FindTombstonesAsync([_grave], None))));
        Assert.Empty((await LoadAsync("a")).Checkpoint.ToArray());
        Assert.Empty(await _store.ReadQuarantineAsync(10, None));
    }

    [ToolFact]
    public async Task Append_AfterATombstone_GoesOnUnderTheId()
    {
        var a = new TestClient("t", "a");
        await AppendAsync(Segment((a, 1)));
        await SaveAsync(a, 1, "before");
        await BuryAsync(a, 1, "after");

        await AppendAsync(Segment((a, 2)));
        await SaveAsync(a, 2, "alive");
        await ReopenAsync();

        Assert.Equal("alive", Encoding.UTF8.GetString((await LoadAsync("a")).Checkpoint.Span));
    }

    [ToolFact]
    public async Task FindTombstones_NoneThere_AreEmpty() =>
        Assert.All(await _store.FindTombstonesAsync([_grave, new byte[32]], None), Assert.Empty);

    [ToolFact]
    public async Task KeepSecretCheck_TheFirst_IsKept()
    {
        Assert.Equal([1, 2], await _store.KeepSecretCheckAsync([1, 2], None));
        await ReopenAsync();

        Assert.Equal([1, 2], await _store.KeepSecretCheckAsync([3, 4], None));
    }

    private Task BuryAsync(TestClient client, ulong sequence, string data) =>
        _store.SaveAsync([new CheckpointRow(client, sequence, Encoding.UTF8.GetBytes(data), _grave, WasErased: true)], None);
}
