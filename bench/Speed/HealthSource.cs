using Footprint.Grid.Bench.Load;

namespace Footprint.Grid.Bench.Speed;

/// <summary>The no-op: <c>Health/Check</c> of the server as a whole, whose request is empty.</summary>
internal sealed class HealthSource : CallSource
{
    public override IReadOnlyList<string> Paths { get; } = ["/grpc.health.v1.Health/Check"];

    public override int Write(long number, Span<byte> message, out int path)
    {
        path = 0;
        return 0;
    }
}
