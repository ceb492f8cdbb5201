using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Footprint.Grid.Api.Telemetry;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Api.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Calls_OfBothSides_CountedByOperationProtocolAndCode()
    {
        await using var host = await ApiHost.StartAsync();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ApiMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "footprint.grid.requests")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            seen.Enqueue(string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value))));
        listener.Start();

        await host.Grpc.CallAsync("/footprint.grid.v1.Decisions/PickContent", new PickContentRequest());
        await host.Grpc.CallAsync("/footprint.grid.v1.Decisions/PickContent", new PickContentRequest(), key: "wrong");
        await host.SendAsync(HttpMethod.Get, "/v1/items/unknown");
        Assert.True(SpinWait.SpinUntil(() => seen.Count == 3, Wait.Limit), "not every call was counted");

        Assert.Equal(
            new[]
            {
                "OK footprint.grid.v1.Decisions.PickContent grpc",
                "UNAUTHENTICATED footprint.grid.v1.Decisions.PickContent grpc",
                "NOT_FOUND footprint.grid.v1.Definitions.GetItem json",
            }.Order(),
            seen.Order());
    }
}
