using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Grains.Tests.Clients;

[RequiresTool("redis-server")]
public sealed class HotClientTests : CellWorld
{
    [ToolFact]
    public async Task Requests_OfOneClientBeyondTheBound_AreRefusedAndOthersAreNot()
    {
        TestCell hot = Cell("hot");
        TestCell other = Cell("other");
        await hot.ApplyAsync(Acts.View("e0", "hot"));
        await other.ApplyAsync(Acts.View("e0", "other"));
        Faults.Hang();
        Task<RecordResponse>[] waiting = [.. Enumerable.Range(1, 16).Select(i => hot.StoreAsync(Acts.View($"e{i}", "hot")))];

        GridException refused = await Assert.ThrowsAsync<GridException>(() => hot.ApplyAsync(Acts.View("e17", "hot")));
        RecordResponse answered = await other.ApplyAsync(Acts.View("e1", "other"));
        Faults.Resume();

        Assert.Equal(Code.ResourceExhausted, refused.Code);
        Assert.Equal(RecordResult.Types.Status.Applied, Assert.Single(answered.Results).Status);
        Assert.All(await Task.WhenAll(waiting).Within("what waited is answered"), r => Assert.Equal(RecordResult.Types.Status.Durable, r.Results[0].Status));
    }
}
