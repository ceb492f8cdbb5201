using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Contracts.Tests;

public sealed class StreamResponseEncoderTests
{
    [Fact]
    public void Encode_AnyAckOfEventsTaken_SameBytesAsTheGeneratedCode() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        StreamResponse response = Any(new Random(seed));

        return StreamResponseEncoder.Encode(response).SequenceEqual(response.ToByteArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_RejectedEvent_LeftToTheGeneratedCode()
    {
        var rejected = new RecordResult { Status = RecordResult.Types.Status.Rejected, Error = new Error { Code = "INVALID_ARGUMENT" } };

        Assert.True(StreamResponseEncoder.Encode(new StreamResponse { Results = { new RecordResult(), rejected } }).IsEmpty);
    }

    private static StreamResponse Any(Random random)
    {
        var response = new StreamResponse { Sequence = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64() >> random.Next(63) };
        for (int i = random.Next(12); i > 0; i--)
        {
            response.Results.Add(new RecordResult
            {
                EventId = AnyText.Of(random),
                Status = (RecordResult.Types.Status)random.Next(5),
                Time = random.Next(2) == 0 ? null : new Timestamp { Seconds = random.NextInt64(-5, 2_000_000_000), Nanos = random.Next(3) * 1000 },
            });
        }

        return response;
    }
}
