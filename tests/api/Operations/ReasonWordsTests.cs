using Footprint.Grid.Api.Reasons;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Tests.Operations;

public sealed class ReasonWordsTests
{
    private static readonly CallContext _call = new("t", DateTimeOffset.MaxValue, default);

    [Theory]
    [InlineData("", "")]
    [InlineData("en", "It is no longer new.")]
    [InlineData("es", "Ya no es nuevo.")]
    public async Task Pick_InALanguage_SaysItsReasonsAndWithoutOneNothing(string language, string expected)
    {
        var engine = new FakeEngine
        {
            OnPick = (_, _) => ValueTask.FromResult(new PickContentResponse
            {
                Picks = { new Pick { Reasons = { new Reason { Kind = Reason.Types.Kind.Freshness, Contribution = -1 } } } },
            }),
        };

        PickContentResponse response = await new ReasonWords(engine).PickContentAsync(new PickContentRequest { Language = language }, _call);

        Assert.Equal(expected, response.Picks.Single().Reasons.Single().Text);
    }
}
