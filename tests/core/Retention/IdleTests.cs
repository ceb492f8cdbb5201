using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Retention;

/// <summary>Idle clients that were linked or erased before.</summary>
public sealed class IdleTests
{
    private const long DayMs = 86_400_000;
    private static readonly RetentionRules _idle = new() { Idle = TimeSpan.FromDays(1) };
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Expire_ClientThatWasLinkedOnceAndHoldsNothing_IsGoneInTheEnd()
    {
        ClientActor known = TenantWorld.NewClient("ann"), device = TenantWorld.NewClient("device");
        known.Link(_grid.Turn(), device);
        known.Unlink(_grid.Turn(), device, signOut: true);
        Assert.True(known.Profile.IsKnown);

        for (int day = 1; day <= 4; day++)
        {
            known.Expire(_grid.Turn(TenantWorld.Now + (day * DayMs)), _idle);
        }

        Assert.True(known.Profile.IsTombstone);
    }

    /// <summary>A device brings acts from before the erasure: what is idle then is erased as of them.</summary>
    [Fact]
    public void Expire_ClientThatWasErasedBefore_LeavesTheErasureWhereItWas()
    {
        // Arrange
        ClientActor known = TenantWorld.NewClient(), device = TenantWorld.NewClient("device");
        _grid.Record(known, TenantWorld.Event("e1", minutesAgo: 300));
        _grid.Record(device, TenantWorld.Event("e2", minutesAgo: 3000));
        known.Erase(_grid.Turn());
        known.Link(_grid.Turn(TenantWorld.Now + 1), device);
        known.Unlink(_grid.Turn(TenantWorld.Now + 2), device, signOut: true);

        // Act
        Assert.True(known.Expire(_grid.Turn(TenantWorld.Now + (30 * DayMs)), _idle));

        // Assert
        Assert.Equal(TenantWorld.Now, known.Profile.ErasedAtMs);
        Assert.Equal(RecordResult.Types.Status.Rejected, _grid.Record(known, TenantWorld.Event("late", minutesAgo: 100)).Status);
    }
}
