using Footprint.Grid.Core.Events;
using Google.Protobuf.WellKnownTypes;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// A client that denies a whole purpose means the exceptions, too, that it allowed before. Such a denial says until when
/// the allowances of what it is about have ended; that outlives the denial itself, and holds for allowances of an earlier
/// time that come later. So what holds is a function of what was said and when, in whatever order it came.
/// </summary>
internal static class ConsentEnding
{
    /// <summary>
    /// Has a denial end what was allowed before; but what the client says together with it are exceptions that it wants, of
    /// whatever time.
    /// </summary>
    public static void End(ConsentRule denial, IReadOnlyList<ConsentRule> saidTogether)
    {
        Timestamp until = denial.Time;
        foreach (ConsentRule other in saidTogether)
        {
            if (other.Decision == Decision.Allow && Covers(denial, other) && other.Time.CompareTo(until) <= 0)
            {
                until = other.Time - Duration.FromTimeSpan(TimeSpan.FromTicks(1));
            }
        }

        denial.EndedUntil = until;
    }

    public static bool IsEnded(ConsentRule rule, Timestamp? until) =>
        until is not null && rule.Decision == Decision.Allow && rule.Time.CompareTo(until) <= 0;

    /// <summary>Whether a rule has ended all that the other is about.</summary>
    public static bool IsEnded(ConsentRule rule, ConsentRule[] rules) => Array.Exists(rules, r => Covers(r, rule) && IsEnded(rule, r.EndedUntil));

    public static Timestamp? Later(Timestamp? a, Timestamp? b) => b is null || a?.CompareTo(b) > 0 ? a : b;

    /// <summary>The rule with the later of both; a copy when it had another.</summary>
    public static ConsentRule Keep(ConsentRule rule, Timestamp? a, Timestamp? b)
    {
        Timestamp? until = Later(a, b);
        if (until is null || until.Equals(rule.EndedUntil))
        {
            return rule;
        }

        ConsentRule kept = rule.Clone();
        kept.EndedUntil = until;
        return kept;
    }

    /// <summary>A consent's time, of which the client's device may be unsure: none is later than now.</summary>
    public static Timestamp Time(Timestamp? said, long nowMs) =>
        said is null || EventIntake.TimeMs(said) >= nowMs ? Profiles.ProfileView.Time(nowMs) : said;

    private static bool Covers(ConsentRule rule, ConsentRule other) => rule.Purpose == other.Purpose
        && (rule.Category == "*" || rule.Category == other.Category)
        && (rule.Recipient == Recipients.Any || rule.Recipient == other.Recipient);
}
