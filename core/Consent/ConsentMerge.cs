using Google.Protobuf.WellKnownTypes;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// Makes of two clients' rules those of one: whatever either denied is denied, and of the rest whatever either allowed is
/// allowed. The rules of both side by side would not do, since a narrow allowance of one would beat a broad denial of the
/// other; so each pattern that the rules of both can tell apart gets the stricter of both answers.
/// </summary>
internal static class ConsentMerge
{
    public static List<ConsentRule> Stricter(IReadOnlyList<ConsentRule> a, IReadOnlyList<ConsentRule> b)
    {
        var merged = new List<ConsentRule>();
        ConsentRule[] ofEverything = [.. a.Concat(b).Where(r => r.Purpose == ConsentEnding.EveryPurpose)];
        string[] purposes = [.. a.Concat(b).Select(r => r.Purpose).Distinct().Order(StringComparer.Ordinal)];
        for (int p = 0; p < purposes.Length; p++)
        {
            string purpose = purposes[p];
            ConsentRule[] ofA = [.. a.Where(r => r.Purpose == purpose)];
            ConsentRule[] ofB = [.. b.Where(r => r.Purpose == purpose)];
            List<ConsentRule> rules = ofA.Length == 0 ? [.. ofB] : ofB.Length == 0 ? [.. ofA] : OfPurpose(purpose, ofA, ofB, ofEverything);

            // Each purpose that is still to come needs a rule at least.
            int room = Profiles.ProfileLimits.Consents - merged.Count - (purposes.Length - p - 1);
            merged.AddRange(rules.Count <= room ? rules : [Blanket(purpose, [.. ofA, .. ofB])]);
        }

        return merged;
    }

    private static List<ConsentRule> OfPurpose(string purpose, ConsentRule[] a, ConsentRule[] b, ConsentRule[] ofEverything)
    {
        string[] categories = ["*", .. a.Concat(b).Select(r => r.Category).Where(c => c != "*").Distinct().Order(StringComparer.Ordinal)];
        string[] recipients = [Recipients.Any, .. a.Concat(b).Select(r => r.Recipient).Where(r => r != Recipients.Any).Distinct().Order(StringComparer.Ordinal)];
        var rules = new List<ConsentRule>();
        foreach (string recipient in recipients)
        {
            foreach (string category in categories)
            {
                ConsentRule[] both = [.. a.Concat(b).Where(r => ConsentEnding.IsAbout(r, category, recipient))];
                ConsentRule[] same = [.. both.Where(r => r.Category == category && r.Recipient == recipient)];
                Timestamp? endedByEither = EndedUntil(both.Concat(ofEverything));
                Timestamp? ended = EndedUntil(same);
                ConsentRule? rule = Stricter(Holding(a, category, recipient, endedByEither), Holding(b, category, recipient, endedByEither));
                ConsentRule? said = Holding(rules, category, recipient, EndedUntil([.. rules.Where(r => ConsentEnding.IsAbout(r, category, recipient)), .. same, .. ofEverything]));

                // What broader rules say is not said again, but for a denial of just this, which outlives theirs.
                bool isNew = rule is not null && (said?.Decision != rule.Decision || (rule.Decision == Decision.Deny && same.Contains(rule)));
                if ((isNew ? Latest(rule!, same) : TakenBack(same)) is { } own)
                {
                    (own.Purpose, own.Category, own.Recipient, own.EndedUntil) = (purpose, category, recipient, ended);
                    rules.Add(own);
                }
            }
        }

        return rules;
    }

    // The rule that holds for whatever matches the pattern and nothing narrower; what either ended is ended.
    private static ConsentRule? Holding(IEnumerable<ConsentRule> rules, string category, string recipient, Timestamp? ended) => Strongest(
        rules.Where(r => ConsentEnding.IsAbout(r, category, recipient) && r.Decision != Decision.Withdrawn && !ConsentEnding.IsEnded(r, ended)));

    // A denial as late as the latest that either said about it, so that nothing of all that counts when it is said again. An
    // allowance is no later than it was: it would outlive what ended it.
    private static ConsentRule Latest(ConsentRule rule, ConsentRule[] same)
    {
        ConsentRule latest = rule.Clone();
        if (rule.Decision == Decision.Allow)
        {
            return latest;
        }

        foreach (ConsentRule other in same)
        {
            latest.Time = ConsentEnding.Later(latest.Time, other.Time);
        }

        return latest;
    }

    // Nothing more holds here, but what was said of late still stands before what was said earlier.
    private static ConsentRule? TakenBack(ConsentRule[] same)
    {
        if (same.MaxBy(r => r.Time)?.Clone() is { } latest)
        {
            latest.Decision = Decision.Withdrawn;
            return latest;
        }

        return null;
    }

    private static Timestamp? EndedUntil(IEnumerable<ConsentRule> rules) =>
        rules.Aggregate((Timestamp?)null, (latest, rule) => ConsentEnding.Later(rule.EndedUntil, latest));

    private static ConsentRule? Strongest(IEnumerable<ConsentRule> rules) => rules
        .OrderByDescending(r => (r.Category == "*" ? 0 : 1) + (r.Recipient == Recipients.Any ? 0 : 1))
        .ThenByDescending(r => r.Time)
        .ThenByDescending(r => r.Decision == Decision.Deny)
        .FirstOrDefault();

    private static ConsentRule? Stricter(ConsentRule? a, ConsentRule? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        return a.Decision == b.Decision ? (a.Time.CompareTo(b.Time) >= 0 ? a : b)
            : a.Decision == Decision.Deny ? a : b;
    }

    // More patterns than a profile holds: the purpose is denied, for only the client can say more.
    private static ConsentRule Blanket(string purpose, ConsentRule[] rules)
    {
        ConsentRule rule = (rules.FirstOrDefault(r => r.Decision == Decision.Deny) ?? rules[0]).Clone();
        (rule.Purpose, rule.Category, rule.Recipient, rule.Decision) = (purpose, "*", Recipients.Any, Decision.Deny);
        rule = Latest(rule, rules);
        rule.EndedUntil = ConsentEnding.Later(rule.Time, EndedUntil(rules));
        return rule;
    }
}
