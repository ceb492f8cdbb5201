using Footprint.Grid.Api.Operations;
using Footprint.Grid.Grains.Engine;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>Which operations pass through with their bytes unread: those that come by the thousand.</summary>
internal static class Forwarding
{
    public static ClientOperation? Of(Operation operation) => operation.Path switch
    {
        "/footprint.grid.v1.Ingest/Record" => ClientOperation.Record,
        "/footprint.grid.v1.Ingest/Stream" => ClientOperation.Stream,
        "/footprint.grid.v1.Decisions/PickContent" => ClientOperation.PickContent,
        "/footprint.grid.v1.Decisions/TargetAds" => ClientOperation.TargetAds,
        _ => null,
    };
}
