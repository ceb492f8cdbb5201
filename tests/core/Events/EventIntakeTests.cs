using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Events;

public sealed class EventIntakeTests
{
    [Fact]
    public void Prepare_NoIdNoTime_FilledInAndReturned()
    {
        var result = new RecordResult();
        var e = new FootprintEvent { ClientId = "c", Type = "view" };

        Assert.True(EventIntake.Prepare(e, 0, TenantWorld.Now, () => "new-id", result));

        Assert.Equal(("new-id", "new-id"), (e.EventId, result.EventId));
        Assert.Equal(TenantWorld.At(TenantWorld.Now), result.Time);
    }

    [Fact]
    public void Prepare_ManyFaults_AllNamedWithTheirLimits()
    {
        FootprintEvent e = TenantWorld.Event("e", type: "");
        e.ClientId = new string('x', 129);
        e.Time = TenantWorld.At(TenantWorld.Now + EventIntake.MaxAheadMs + 1);
        e.Topics.Add(new TopicWeight { Topic = "golf", Weight = -1 });
        e.Value = new Value { Amount = double.NaN, Currency = "euro" };
        var result = new RecordResult();

        Assert.False(EventIntake.Prepare(e, 3, TenantWorld.Now, () => "", result));

        Assert.Equal(RecordResult.Types.Status.Rejected, result.Status);
        Assert.Equal(
            ["events[3].clientId", "events[3].type", "events[3].time", "events[3].topics[0].weight", "events[3].value.amount", "events[3].value.currency"],
            result.Error.Violations.Select(v => v.Field));
        Assert.All(result.Error.Violations, v => Assert.NotEmpty(v.Limit));
        Assert.Equal("INVALID_ARGUMENT", result.Error.Code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(EventIntake.MaxAheadMs, true)]
    [InlineData(EventIntake.MaxAheadMs + 1, false)]
    [InlineData(-50L * 365 * 86_400_000, true)]
    [InlineData(-100L * 365 * 86_400_000, false)]
    public void Prepare_TimeAroundTheLimits_AcceptedWithin(long offsetMs, bool accepted)
    {
        FootprintEvent e = TenantWorld.Event("e");
        e.Time = TenantWorld.At(TenantWorld.Now + offsetMs);

        Assert.Equal(accepted, EventIntake.Prepare(e, 0, TenantWorld.Now, () => "", new RecordResult()));
    }

    [Fact]
    public void Prepare_LargeEvent_RefusedWithTheLimit()
    {
        FootprintEvent e = TenantWorld.Event("e");
        for (int i = 0; i < 40; i++)
        {
            e.Properties[$"p{i}"] = new string('x', 1000);
        }

        var result = new RecordResult();

        Assert.False(EventIntake.Prepare(e, 0, TenantWorld.Now, () => "", result));
        Assert.Contains("32768", result.Error.Limit, StringComparison.Ordinal);
    }
}
