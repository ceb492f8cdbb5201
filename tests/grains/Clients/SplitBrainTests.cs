using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Grains.Tests.Clients;

/// <summary>Two activations of one client, each of which believes to be the only one.</summary>
[RequiresTool("redis-server")]
public sealed class SplitBrainTests : CellWorld
{
    [ToolFact]
    public async Task Append_OfTheOneThatCameLate_FailsAndNothingIsThereTwice()
    {
        TestCell one = Cell();
        TestCell other = Cell();
        await one.StoreAsync(Acts.View("e1"));
        Assert.Equal(1UL, await other.CountAsync());

        await one.StoreAsync(Acts.View("e2"));
        GridException lost = await Assert.ThrowsAsync<GridException>(() => other.StoreAsync(Acts.View("e3")));

        Assert.Equal(Code.Unavailable, lost.Code);
        Assert.Equal((0, 1), (one.Conflicts, other.Conflicts));
        Assert.Equal(2, await Redis.ListLengthAsync("fg:{default/c1}:j"));

        // Sent again, it goes onto what the other wrote.
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single((await other.StoreAsync(Acts.View("e3"))).Results).Status);
        Assert.Equal(3UL, await Cell().CountAsync());
    }

    [ToolFact]
    public async Task Append_OfTheSameEventByBoth_CountsOnce()
    {
        FootprintEvent repeated = Acts.View("e2");
        TestCell one = Cell();
        TestCell other = Cell();
        await one.StoreAsync(Acts.View("e1"));
        await other.CountAsync();

        await one.StoreAsync(repeated.Clone());
        await other.StoreAsync(repeated.Clone());

        Assert.Equal(2UL, await Cell().CountAsync());
        Assert.Equal(2, await Redis.ListLengthAsync("fg:{default/c1}:j"));
    }

    [ToolFact]
    public async Task Save_OfTheOneThatIsBehind_LosesNothing()
    {
        TestCell behind = Cell();
        TestCell ahead = Cell();
        await behind.StoreAsync(Acts.View("e1"));
        await behind.SaveAsync();
        await behind.StoreAsync(Acts.View("e2"));
        await ahead.StoreAsync(Acts.View("e3"));

        await behind.SaveAsync();

        Assert.Equal(1, behind.Conflicts);
        Assert.Equal(3UL, await Cell().CountAsync());
        await Assert.ThrowsAsync<GridException>(() => ahead.StoreAsync(Acts.View("e4")));
        await ahead.StoreAsync(Acts.View("e4"));
        Assert.Equal(4UL, await Cell().CountAsync());
    }

    [ToolFact]
    public async Task FirstSave_OfTheOneThatIsBehind_ChangesNothing()
    {
        TestCell behind = Cell();
        TestCell ahead = Cell();
        await behind.StoreAsync(Acts.View("e1"));
        await ahead.StoreAsync(Acts.View("e2"));

        await behind.SaveAsync();

        Assert.Equal(1, behind.Conflicts);
        await ahead.StoreAsync(Acts.View("e3"));
        await ahead.SaveAsync();
        Assert.Equal(0, ahead.Conflicts);
        Assert.Equal(3UL, await Cell().CountAsync());
    }

    [ToolFact]
    public async Task Save_AfterTheNextActivationWrote_ChangesNothing()
    {
        TestCell leaving = Cell();
        await leaving.StoreAsync(Acts.View("e1"));
        Faults.Hang();
        await leaving.ApplyAsync(Acts.View("e2"));
        Task saving = leaving.SaveAsync();
        await Patience.Until(() => Faults.Waiting > 0, "the append is on its way");
        Faults.Resume(keepWaiting: true);

        TestCell next = Cell();
        await next.StoreAsync(Acts.View("e3"));
        Faults.Release();
        await saving.Within("the one that leaves gives up");

        Assert.Equal(1, leaving.Conflicts);
        Assert.Equal(2UL, await Cell().CountAsync());
        await next.StoreAsync(Acts.View("e4"));
        Assert.Equal(3UL, await Cell().CountAsync());
    }
}
