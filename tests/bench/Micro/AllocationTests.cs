using Footprint.Grid.Bench.Micro;

namespace Footprint.Grid.Bench.Tests.Micro;

public class AllocationTests
{
    // Bytes that a turn may gain on top of a tenth, so that a turn committed with none is not held to none for ever.
    private const double Slack = 8;

    [Fact]
    public void Turns_ComparedWithTheCommittedFile_AllocateNoMoreThanATenthMore()
    {
        var expected = Allocations.Expected();

        var measured = Allocations.Measure();

        Assert.Equal(expected.Keys.Order(), measured.Keys.Order());
        Assert.All(measured, turn => Assert.True(
            turn.Value <= (1.1 * expected[turn.Key]) + Slack,
            $"{turn.Key} allocates {turn.Value:F1} B, {expected[turn.Key]:F1} B are committed in bench/Micro/allocations.json."));
    }
}
