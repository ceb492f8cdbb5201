using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>Events for tests.</summary>
internal static class Acts
{
    public static FootprintEvent View(string id, string client = "c1", string topic = "golf") => new()
    {
        ClientId = client,
        EventId = id,
        Type = "view",
        Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-1)),
        Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
    };
}
