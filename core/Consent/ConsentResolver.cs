using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// What a set of rules says about a purpose and a recipient, for all data categories at once. Of the rules that match a
/// cell the most specific holds: one that names category and recipient before one that names one of them, before one that
/// names none. Of equally specific ones the latest holds, and of those of the same instant a denial. An allowance that a
/// matching rule has ended (<see cref="ConsentEnding"/>) is none, and neither is
/// what was taken back. Where no rule matches, the regime does.
/// </summary>
internal static class ConsentResolver
{
    /// <summary>Categories allowed.</summary>
    public static DataCategories Allowed(IReadOnlyList<ConsentRule> rules, string purpose, string recipient, ConsentRegime regime)
    {
        Explicit(rules, purpose, recipient, out DataCategories allowed, out DataCategories denied);
        return regime == ConsentRegime.OptOut ? DataCategories.All & ~denied : allowed;
    }

    /// <summary>Categories that rules allow and deny; the rest nobody spoke about.</summary>
    public static void Explicit(
        IReadOnlyList<ConsentRule> rules, string purpose, string recipient, out DataCategories allowed, out DataCategories denied)
    {
        var strongest = new Strongest();
        Ended ended = EndedUntil(rules, purpose, recipient);
        for (int i = 0; i < rules.Count; i++)
        {
            ConsentRule rule = rules[i];
            if (!IsAbout(rule, purpose, recipient) || rule.Decision == Decision.Withdrawn)
            {
                continue;
            }

            DataCategories categories = Categories(rule, out int specificity);
            specificity += rule.Recipient == Recipients.Any ? 0 : 1;
            for (int c = 0; c < CategoryNames.Count; c++)
            {
                if (((int)categories & (1 << c)) != 0 && !ConsentEnding.IsEnded(rule, ended[c]) && (strongest[c].Rule is null || Beats(rule, specificity, strongest[c])))
                {
                    strongest[c] = (rule, specificity);
                }
            }
        }

        allowed = denied = DataCategories.None;
        for (int c = 0; c < CategoryNames.Count; c++)
        {
            if (strongest[c].Rule is { } rule)
            {
                allowed |= rule.Decision == Decision.Allow ? (DataCategories)(1 << c) : DataCategories.None;
                denied |= rule.Decision == Decision.Allow ? DataCategories.None : (DataCategories)(1 << c);
            }
        }
    }

    // Until when allowances of each category have ended.
    private static Ended EndedUntil(IReadOnlyList<ConsentRule> rules, string purpose, string recipient)
    {
        var ended = new Ended();
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].EndedUntil is not { } until || !IsAbout(rules[i], purpose, recipient))
            {
                continue;
            }

            DataCategories categories = Categories(rules[i], out _);
            for (int c = 0; c < CategoryNames.Count; c++)
            {
                ended[c] = ((int)categories & (1 << c)) != 0 ? ConsentEnding.Later(until, ended[c]) : ended[c];
            }
        }

        return ended;
    }

    private static bool IsAbout(ConsentRule rule, string purpose, string recipient) =>
        ConsentEnding.IsAbout(rule, purpose) && (rule.Recipient == Recipients.Any || rule.Recipient == recipient);

    // A rule of old may name what is no category: a denial then is one of everything, and an allowance one of nothing.
    private static DataCategories Categories(ConsentRule rule, out int specificity)
    {
        specificity = rule.Category == "*" ? 0 : 1;
        DataCategories named = specificity == 0 ? DataCategories.All : CategoryNames.Parse(rule.Category);
        return named == DataCategories.None && rule.Decision == Decision.Deny ? DataCategories.All : named;
    }

    private static bool Beats(ConsentRule rule, int specificity, in (ConsentRule? Rule, int Specificity) other)
    {
        int order = specificity.CompareTo(other.Specificity);
        order = order == 0 ? rule.Time.CompareTo(other.Rule!.Time) : order;
        return order > 0 || (order == 0 && rule.Decision == Decision.Deny);
    }

    [System.Runtime.CompilerServices.InlineArray(CategoryNames.Count)]
    private struct Ended
    {
        private Google.Protobuf.WellKnownTypes.Timestamp? _first;
    }

    [System.Runtime.CompilerServices.InlineArray(CategoryNames.Count)]
    private struct Strongest
    {
        private (ConsentRule? Rule, int Specificity) _first;
    }
}
