using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Channel = Footprint.Grid.V1.FootprintEvent.Types.Channel;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Protobuf lets any number through as an enumeration's value; that every such field is checked, the engines' conformance sees.</summary>
public sealed class EnumCheckTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Check_UnknownChannelOfTheContext_NamesFieldAndLimit(int channel)
    {
        var context = new Context { Channel = (Channel)channel };

        GridException e = Assert.Throws<GridException>(() => RequestValidator.Check(new PickContentRequest { Placement = "home", Context = context }));

        Fault fault = Assert.Single(e.Faults);
        Assert.Equal(("context.channel", "WEB..OUT_OF_HOME"), (fault.Field, fault.Limit));
    }

    [Fact]
    public void Prepare_PlainEventWithAnUnknownChannel_IsRejected()
    {
        FootprintEvent e = TenantWorld.Event("e");
        e.Channel = (Channel)(-1);
        var result = new RecordResult();

        Assert.False(EventIntake.Prepare(e, 3, TenantWorld.Now, () => "id", result));
        Assert.Equal("events[3].channel", result.Error.Field);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(PlacementKnowledge.Channels)]
    public void Effects_ChannelThatThereIsNot_AreThoseOfAny(int channel) =>
        Assert.Same(PlacementKnowledge.Empty.Effects(0), PlacementKnowledge.Empty.Effects(channel));
}
