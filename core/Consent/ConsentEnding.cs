using Footprint.Grid.Core.Events;
using Google.Protobuf.WellKnownTypes;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// A client that denies a whole purpose means the exceptions, too, that it allowed before. Such a denial says until when
/// the allowances of what it is about have ended; that outlives the denial itself, and holds for allowances of an earlier
/// time that come later. A replacement of all rules ends those of every purpose likewise.
/// </summary>
internal static class ConsentEnding
{
    /// <summary>The purpose of the one rule that is about every purpose: the mark that a replacement leaves.</summary>
    public const string EveryPurpose = "*";

    private static readonly Duration _tick = Duration.FromTimeSpan(TimeSpan.FromTicks(1));

    /// <summary>What a replacement leaves of all rules before it: nothing holds, and no allowance from before it comes back.</summary>
    public static ConsentRule Replacement(long nowMs) => new()
    {
        Purpose = EveryPurpose,
        Category = "*",
        Recipient = Recipients.Any,
        Decision = Decision.Withdrawn,
        Time = Profiles.ProfileView.Time(nowMs),
    };

    /// <summary>
    /// Has denials, or a replacement, end what was allowed before. What the client says together with them are exceptions
    /// that it wants, of whatever time: they count from the denial on. But a replacement, with denials or without, brings
    /// nothing back that the client ended in so many words: a consent string of before that stays what it was.
    /// </summary>
    public static void End(IReadOnlyList<ConsentRule> endings, IReadOnlyList<ConsentRule> saidTogether, ConsentLedger before)
    {
        Timestamp[] times = [.. endings.Select(e => e.Time)];
        bool isReplaced = endings.Any(e => e.Purpose == EveryPurpose);
        foreach (ConsentRule said in saidTogether)
        {
            bool staysEnded = isReplaced && before.WasEnded(said);
            for (int i = 0; i < endings.Count && !staysEnded; i++)
            {
                if (Covers(endings[i], said))
                {
                    said.Time = Later(said.Time, times[i]);
                }
            }
        }

        foreach (ConsentRule ending in endings)
        {
            bool hasExceptions = ending.Purpose == EveryPurpose
                || saidTogether.Any(s => s.Decision == Decision.Allow && Covers(ending, s) && s.Time.Equals(ending.Time));
            ending.EndedUntil = hasExceptions ? ending.Time - _tick : ending.Time;
        }
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

    /// <summary>Whether a rule is about that purpose.</summary>
    public static bool IsAbout(ConsentRule rule, string purpose) => rule.Purpose == purpose || rule.Purpose == EveryPurpose;

    /// <summary>Whether a rule is about that category and recipient.</summary>
    public static bool IsAbout(ConsentRule rule, string category, string recipient) =>
        (rule.Category == "*" || rule.Category == category) && (rule.Recipient == Recipients.Any || rule.Recipient == recipient);

    public static bool IsSameCell(ConsentRule a, ConsentRule b) => a.Purpose == b.Purpose && a.Category == b.Category && a.Recipient == b.Recipient;

    private static bool Covers(ConsentRule rule, ConsentRule other) => IsAbout(rule, other.Purpose) && IsAbout(rule, other.Category, other.Recipient);
}
