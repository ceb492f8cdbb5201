using Footprint.Grid.Core.Clients;

namespace Footprint.Grid.Core.Tests.Clients;

public sealed class PrefetchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void PrefetchTurn_ClientWithSoManyEvents_ChangesNothing(int events)
    {
        var world = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        for (int i = 0; i < events; i++)
        {
            world.Record(client, TenantWorld.Event($"e{i}", type: $"type{i % 6}", item: $"i{i}", topic: $"t{i}"));
        }

        byte[] before = client.Checkpoint();
        for (int step = 0; step < ClientActor.PrefetchSteps; step++)
        {
            client.PrefetchTurn(step);
        }

        Assert.Equal(before, client.Checkpoint());
    }
}
