using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Footprint.Grid.Contracts.Tests;

public sealed class PickContentEncoderTests
{
    [Fact]
    public void Encode_AnyResponse_SameBytesAsTheGeneratedCode() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        PickContentResponse response = Any(new Random(seed));

        return PickContentEncoder.Encode(response).SequenceEqual(response.ToByteArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_MoreThanTheBuffer_LeftToTheGeneratedCode()
    {
        var response = new PickContentResponse();
        for (int i = 0; i < 1000; i++)
        {
            response.Picks.Add(new Pick { ItemId = new string('x', 128) });
        }

        Assert.True(PickContentEncoder.Encode(response).IsEmpty);
    }

    [Fact]
    public void Encode_OneTextLongerThanTheBuffer_LeftToTheGeneratedCode()
    {
        var response = new PickContentResponse { DecisionId = "d", Picks = { new Pick { ItemId = new string('x', 200_000) } } };

        Assert.True(PickContentEncoder.Encode(response).IsEmpty);
    }

    [Fact]
    public void Encode_WithAProbe_LeftToTheGeneratedCode() =>
        Assert.True(PickContentEncoder.Encode(new PickContentResponse { DecisionId = "d", Probe = new ProbeQuestion() }).IsEmpty);

    private static PickContentResponse Any(Random random)
    {
        var response = new PickContentResponse
        {
            DecisionId = AnyText.Of(random),
            Personalized = random.Next(2) == 0,
            Fallback = (Fallback.Types.Reason)random.Next(4),
            ProfileVersion = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64() >> random.Next(63),
        };
        for (int i = random.Next(12); i > 0; i--)
        {
            var pick = new Pick
            {
                ItemId = AnyText.Of(random),
                Score = random.Next(5) == 0 ? 0 : random.NextDouble() - 0.5,
                MatchPercent = random.Next(101),
                Calibrated = random.Next(2) == 0,
                Propensity = random.Next(3) == 0 ? random.NextDouble() : 0,
            };
            for (int r = random.Next(9); r > 0; r--)
            {
                pick.Reasons.Add(new Reason { Kind = (Reason.Types.Kind)random.Next(7), Key = AnyText.Of(random), Contribution = random.NextDouble() });
            }

            response.Picks.Add(pick);
        }

        for (int i = random.Next(8); i > 0; i--)
        {
            response.Withheld.Add($"category {i}");
        }

        return response;
    }
}
