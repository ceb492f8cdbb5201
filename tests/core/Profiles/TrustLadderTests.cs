using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Profiles;

public sealed class TrustLadderTests
{
    private static readonly Trust[] _states = [Trust.Inferred, Trust.Probed, Trust.Confirmed, Trust.Rejected, Trust.Declared];

    private static Arbitrary<(TrustAct Act, int Time)[]> Acts { get; } =
        (from act in Gen.Choose(0, 4)
         from time in Gen.Choose(1, 6)
         select ((TrustAct)act, time)).ArrayOf().ToArbitrary();

    public static TheoryData<Trust, string> Table => new()
    {
        { Trust.Inferred, "Inferred Probed Declared Confirmed Rejected" },
        { Trust.Probed, "Probed Probed Declared Confirmed Rejected" },
        { Trust.Confirmed, "Confirmed Confirmed Declared Confirmed Rejected" },
        { Trust.Rejected, "Rejected Rejected Declared Confirmed Rejected" },
        { Trust.Declared, "Declared Declared Declared Confirmed Rejected" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Next_EveryStateAndAct_AsTheTableSays(Trust from, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Enum.GetValues<TrustAct>().Select(act => TrustLadder.Next(from, act))));
    }

    [Fact]
    public void Take_AnyActsInAnyOrder_AsTheReferenceModel() => Prop.ForAll(Acts, acts =>
    {
        (Trust trust, long time) = (Trust.Inferred, 0L);
        foreach ((TrustAct act, int at) in acts)
        {
            TrustLadder.Take(ref trust, ref time, act, at);
        }

        Trust expected = Model(acts);
        return (trust == expected).Label($"{trust} and not {expected}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Take_AnythingButTheClientsWord_LeavesARejectionAlone() => Prop.ForAll(Acts, acts =>
    {
        (Trust trust, long time) = (Trust.Rejected, 3L);
        foreach ((TrustAct act, int at) in acts.Where(a => a.Act < TrustAct.Declare))
        {
            TrustLadder.Take(ref trust, ref time, act, at);
        }

        return (trust, time) == (Trust.Rejected, 3L);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Weight_EveryStateAndCategory_SaidNeedsDeclaredElseInferred()
    {
        foreach (Trust state in _states)
        {
            Assert.Equal(0, TrustLadder.Weight(state, DataCategories.Behaviour));
            Assert.Equal(state == Trust.Rejected ? 0 : 1, TrustLadder.Weight(state, DataCategories.Inferred));
            float said = state switch
            {
                Trust.Confirmed => TrustLadder.ConfirmedWeight,
                Trust.Declared => TrustLadder.DeclaredWeight,
                _ => 0,
            };
            Assert.Equal(said, TrustLadder.Weight(state, DataCategories.Declared));
        }
    }

    // What was said last holds, the more careful of two at once; else whether it was asked.
    private static Trust Model((TrustAct Act, int Time)[] acts)
    {
        var said = acts.Where(a => a.Act >= TrustAct.Declare).ToArray();
        return said.Length > 0
            ? said.MaxBy(a => (a.Time, (int)a.Act)).Act switch
            {
                TrustAct.Declare => Trust.Declared,
                TrustAct.Confirm => Trust.Confirmed,
                _ => Trust.Rejected,
            }
            : acts.Any(a => a.Act == TrustAct.Ask) ? Trust.Probed : Trust.Inferred;
    }
}
