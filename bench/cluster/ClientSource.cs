using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>Requests of the same bytes as picks for clients drawn evenly from a range, to any path.</summary>
internal sealed class ClientSource : CallSource
{
    private const int Drawn = 1 << 16;
    private readonly byte[][] _requests;
    private readonly int[] _clients = new int[Drawn];

    /// <param name="path">That takes picks' requests.</param>
    /// <param name="first">The first client's number.</param>
    /// <param name="count">How many clients.</param>
    public ClientSource(string path, int first, int count)
    {
        Paths = [path];
        _requests = [.. Enumerable.Range(first, count).Select(n => new PickContentRequest { ClientId = SpeedWorld.ClientId(n), Placement = "home", Count = 10 }.ToByteArray())];
        var random = new SplitMix(7);
        for (var i = 0; i < Drawn; i++)
        {
            _clients[i] = random.Next(count);
        }
    }

    public override IReadOnlyList<string> Paths { get; }

    public override int Write(long number, Span<byte> message, out int path)
    {
        path = 0;
        var request = _requests[_clients[number % Drawn]];
        request.CopyTo(message);
        return request.Length;
    }
}
