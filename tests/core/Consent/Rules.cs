using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Clients;
using FsCheck;
using FsCheck.Fluent;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>Random rules, and a resolver that follows the words of the specification cell by cell.</summary>
internal static class Rules
{
    public static readonly string[] Purposes = ["personalization", "advertising", "analytics", "measurement", "sharing", "research"];
    public static readonly string[] Categories = ["behaviour", "location", "demographics", "purchases", "contact", "declared", "inferred"];
    public static readonly string[] Recipients = ["self", "acme", "iab:755", "nobody-named"];

    public static Arbitrary<ConsentRule[]> Arbitrary { get; } =
        (from purpose in Gen.Elements(Purposes)
         from category in Gen.Elements("*", "*", "behaviour", "purchases", "inferred")
         from recipient in Gen.Elements("*", "*", "self", "acme")
         from allow in Gen.Elements(true, false)
         from time in Gen.Choose(0, 3)
         from ends in Gen.Elements(false, false, true)
         from isTakenBack in Gen.Elements(false, false, false, true)
         select isTakenBack ? TakenBack(purpose, category, recipient, time) : Rule(purpose, category, recipient, allow, time, ends)).ArrayOf().ToArbitrary();

    public static ConsentRule Rule(string purpose, string category, string recipient, bool allow, int second, bool ends = false) => new()
    {
        Purpose = purpose,
        Category = category,
        Recipient = recipient,
        Decision = allow ? Decision.Allow : Decision.Deny,
        Time = TenantWorld.At(TenantWorld.Now + (second * 1000)),
        EndedUntil = ends && !allow ? TenantWorld.At(TenantWorld.Now + (second * 1000)) : null,
    };

    public static ConsentRule TakenBack(string purpose, string category, string recipient, int second)
    {
        ConsentRule rule = Rule(purpose, category, recipient, allow: true, second);
        rule.Decision = Decision.Withdrawn;
        return rule;
    }

    public static ConsentLedger Ledger(IEnumerable<ConsentRule> acts)
    {
        var ledger = new ConsentLedger();
        foreach (ConsentRule act in acts)
        {
            ledger.Set(act.Clone());
        }

        return ledger;
    }

    /// <summary>One cell: null when nobody said anything about it that holds, also by what another ended.</summary>
    public static bool? Said(IEnumerable<ConsentRule> acts, string purpose, string category, string recipient, IEnumerable<ConsentRule>? endings = null)
    {
        bool IsAbout(ConsentRule a) => a.Purpose == purpose && (a.Category == "*" || a.Category == category) && (a.Recipient == "*" || a.Recipient == recipient);
        ConsentRule[] about = [.. acts.Where(IsAbout)];
        ConsentRule[] ending = [.. about.Concat(endings?.Where(IsAbout) ?? []).Where(a => a.EndedUntil is not null)];
        ConsentRule? strongest = about
            .GroupBy(a => (a.Category, a.Recipient))
            .Select(same => same.OrderByDescending(a => a.Time).ThenByDescending(a => (a.Decision == Decision.Deny, a.Decision == Decision.Withdrawn)).First())
            .Where(a => a.Decision != Decision.Withdrawn)
            .Where(a => a.Decision == Decision.Deny || !ending.Any(denial => denial.EndedUntil >= a.Time))
            .OrderByDescending(a => (a.Category == "*" ? 0 : 1) + (a.Recipient == "*" ? 0 : 1))
            .ThenByDescending(a => a.Time)
            .ThenByDescending(a => a.Decision == Decision.Deny)
            .FirstOrDefault();
        return strongest is null ? null : strongest.Decision == Decision.Allow;
    }

    public static IEnumerable<(string Purpose, string Category, string Recipient)> Cells =>
        from purpose in Purposes
        from category in Categories
        from recipient in Recipients
        select (purpose, category, recipient);

    public static bool Allows(ConsentLedger ledger, string purpose, string category, string recipient, ConsentRegime regime) =>
        ledger.Allowed(purpose, recipient, regime).HasFlag(CategoryNames.Parse(category));
}
