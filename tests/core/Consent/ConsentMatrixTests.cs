using Footprint.Grid.Core.Consent;
using FsCheck;
using FsCheck.Fluent;
using ConsentRule = Footprint.Grid.V1.Consent;

namespace Footprint.Grid.Core.Tests.Consent;

public sealed class ConsentMatrixTests
{
    [Fact]
    public void Allowed_AnyActsAndEveryCell_AsTheReferenceResolver() => Prop.ForAll(Rules.Arbitrary, acts =>
    {
        ConsentLedger ledger = Rules.Ledger(acts);
        foreach (ConsentRegime regime in Enum.GetValues<ConsentRegime>())
        {
            foreach ((string purpose, string category, string recipient) in Rules.Cells)
            {
                bool expected = Rules.Said(acts, purpose, category, recipient) ?? regime == ConsentRegime.OptOut;
                if (Rules.Allows(ledger, purpose, category, recipient, regime) != expected)
                {
                    return false.Label($"{purpose} {category} {recipient} under {regime} is not {expected}");
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Allowed_OneRuleAtATime_TheFullMatrix()
    {
        foreach ((string purpose, string category, string recipient) in Rules.Cells)
        {
            ConsentLedger deny = Rules.Ledger([Rules.Rule(purpose, category, recipient, allow: false, 0)]);
            ConsentLedger allow = Rules.Ledger([Rules.Rule(purpose, category, recipient, allow: true, 0)]);
            foreach ((string p, string c, string r) in Rules.Cells)
            {
                bool isIt = (p, c, r) == (purpose, category, recipient);
                Assert.Equal(!isIt, Rules.Allows(deny, p, c, r, ConsentRegime.OptOut));
                Assert.Equal(isIt, Rules.Allows(allow, p, c, r, ConsentRegime.OptIn));
            }
        }
    }

    [Fact]
    public void Merge_AnyTwoClients_StricterInEveryCell() => Prop.ForAll(Rules.Arbitrary, Rules.Arbitrary, (a, b) =>
    {
        ConsentLedger merged = Rules.Ledger(a);
        merged.Merge(Rules.Ledger(b));
        ConsentLedger other = Rules.Ledger(b);
        other.Merge(Rules.Ledger(a));
        foreach ((string purpose, string category, string recipient) in Rules.Cells)
        {
            bool? one = Rules.Said(a, purpose, category, recipient, endings: b);
            bool? two = Rules.Said(b, purpose, category, recipient, endings: a);
            bool? expected = one is null || two is null ? one ?? two : one.Value && two.Value;
            foreach (ConsentRegime regime in Enum.GetValues<ConsentRegime>())
            {
                bool allowed = expected ?? regime == ConsentRegime.OptOut;
                if (Rules.Allows(merged, purpose, category, recipient, regime) != allowed || Rules.Allows(other, purpose, category, recipient, regime) != allowed)
                {
                    return false.Label($"{purpose} {category} {recipient} under {regime} is not {allowed}");
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_ThenEverythingIsSaidAgain_NothingThatWasDeniedIsAllowed() => Prop.ForAll(Rules.Arbitrary, Rules.Arbitrary, (a, b) =>
    {
        ConsentLedger merged = Rules.Ledger(a);
        merged.Merge(Rules.Ledger(b));
        ConsentLedger again = Rules.Ledger(a);
        again.Merge(Rules.Ledger(b));
        foreach (ConsentRule act in a.Concat(b))
        {
            again.Set(act.Clone());
        }

        foreach ((string purpose, string category, string recipient) in Rules.Cells)
        {
            foreach (ConsentRegime regime in Enum.GetValues<ConsentRegime>())
            {
                if (Rules.Allows(again, purpose, category, recipient, regime) && !Rules.Allows(merged, purpose, category, recipient, regime))
                {
                    return false.Label($"{purpose} {category} {recipient} under {regime} came back");
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_OfThreeClientsInAnyOrder_WhatOneDeniedIsDenied() => Prop.ForAll(Rules.Arbitrary, Rules.Arbitrary, Rules.Arbitrary, (a, b, c) =>
    {
        ConsentLedger left = Rules.Ledger(a);
        left.Merge(Rules.Ledger(b));
        left.Merge(Rules.Ledger(c));
        ConsentLedger right = Rules.Ledger(c);
        right.Merge(Rules.Ledger(b));
        right.Merge(Rules.Ledger(a));
        return Rules.Cells.All(cell => new[] { a, b, c }.All(acts => Rules.Said(acts, cell.Purpose, cell.Category, cell.Recipient) != false)
            || (!Rules.Allows(left, cell.Purpose, cell.Category, cell.Recipient, ConsentRegime.OptOut)
                && !Rules.Allows(right, cell.Purpose, cell.Category, cell.Recipient, ConsentRegime.OptOut)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_AsManyPurposesAsThereMayBeRules_NoMoreRules()
    {
        var a = Rules.Ledger(Enumerable.Range(0, 256).Select(i => Rules.Rule($"p{i}", "*", i % 2 == 0 ? "*" : "acme", false, 0)));
        var b = Rules.Ledger(Enumerable.Range(0, 256).Select(i => Rules.Rule($"p{i}", "location", "*", true, 1)));

        Assert.True(a.HasRoomFor(b));
        a.Merge(b);

        Assert.True(a.Rules.Count <= Footprint.Grid.Core.Profiles.ProfileLimits.Consents);
        Assert.Equal(DataCategories.None, a.Allowed("p255", "acme", ConsentRegime.OptOut));
        Assert.False(a.HasRoomFor(Rules.Ledger([Rules.Rule("another", "*", "*", true, 0)])));
    }

    [Fact]
    public void Keepable_AnyActs_WhatSomePurposeOtherThanSharingMayUse() => Prop.ForAll(Rules.Arbitrary, acts =>
    {
        ConsentLedger ledger = Rules.Ledger(acts);
        foreach (ConsentRegime regime in Enum.GetValues<ConsentRegime>())
        {
            // A purpose that a tenant defines counts once the client spoke about it.
            var purposes = Rules.Purposes.Where(p => p != "sharing" && (p != "research" || acts.Any(a => a.Purpose == p)));
            foreach (string category in Rules.Categories)
            {
                bool expected = purposes.Any(p => Rules.Recipients.Any(r => Rules.Said(acts, p, category, r) ?? regime == ConsentRegime.OptOut));
                if (ledger.Keepable(regime).HasFlag(CategoryNames.Parse(category)) != expected)
                {
                    return false.Label($"{category} under {regime} is not {expected}");
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void Allowed_NarrowAndBroadAct_NarrowHoldsWhicheverIsLater(bool narrow, bool broad, bool expected)
    {
        ConsentRule[] acts =
        [
            Rules.Rule("advertising", "purchases", "*", narrow, 0),
            Rules.Rule("advertising", "*", "*", broad, 3),
        ];

        Assert.Equal(expected, Rules.Allows(Rules.Ledger(acts), "advertising", "purchases", "acme", ConsentRegime.OptOut));
    }

    [Fact]
    public void Allowed_AnyActsInAnotherOrder_TheSame() => Prop.ForAll(Rules.Arbitrary, acts =>
    {
        ConsentLedger ledger = Rules.Ledger(acts);
        ConsentLedger other = Rules.Ledger(acts.Reverse());
        return Rules.Cells.All(cell => Rules.Allows(ledger, cell.Purpose, cell.Category, cell.Recipient, ConsentRegime.OptIn)
            == Rules.Allows(other, cell.Purpose, cell.Category, cell.Recipient, ConsentRegime.OptIn));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Allowed_RuleOfOldOverAnUnknownCategory_DenialIsOneOfEverything()
    {
        ConsentLedger ledger = Rules.Ledger([Rules.Rule("advertising", "shoe-size", "*", allow: false, 0), Rules.Rule("analytics", "shoe-size", "*", allow: true, 0)]);

        Assert.Equal(DataCategories.None, ledger.Allowed("advertising", "self", ConsentRegime.OptOut));
        Assert.Equal(DataCategories.None, ledger.Allowed("analytics", "self", ConsentRegime.OptIn));
    }

    [Fact]
    public void Merge_MorePatternsThanAProfileHolds_PurposeDenied()
    {
        var a = Rules.Ledger(Enumerable.Range(0, 100).Select(i => Rules.Rule("advertising", "*", $"r{i}", i % 2 == 0, 0)));
        a.Merge(Rules.Ledger(Enumerable.Range(0, 7).Select(i => Rules.Rule("advertising", Rules.Categories[i], "*", i % 2 == 1, 1))));

        Assert.True(a.Rules.Count <= Footprint.Grid.Core.Profiles.ProfileLimits.Consents);
        Assert.Equal(DataCategories.None, a.Allowed("advertising", "r0", ConsentRegime.OptOut));
    }
}
