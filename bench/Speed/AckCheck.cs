using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Speed;

/// <summary>Holds an ack to what was asked for: a rate of refused events would be no rate.</summary>
internal static class AckCheck
{
    public static void All(ReadOnlySpan<byte> streamResponse, int events, RecordResult.Types.Status status)
    {
        var response = StreamResponse.Parser.ParseFrom(streamResponse);
        if (response.Results.Count != events)
        {
            throw new InvalidOperationException($"An ack covers {response.Results.Count} events instead of {events}.");
        }

        foreach (var result in response.Results)
        {
            if (result.Status != status)
            {
                throw new InvalidOperationException($"Expected {status}, got {result}.");
            }
        }
    }
}
