using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>
/// A client that says things by all ways there are, a second apart, and what anybody would take from that: of what is said
/// about a cell the narrowest holds, the latest of equally narrow ones; a denial by the page, by the signal, or by a request
/// that replaces or ends what was said before, leaves nothing of what was allowed earlier, whenever that comes; its
/// exceptions count from it on, but with a replacement nothing of what a denial had ended before comes back. What comes again
/// changes nothing, what is said to be of a time to come counts from when it came, and the signal is said as of when it first came.
/// </summary>
internal sealed class ConsentWorld
{
    private static readonly string[] _denied = [Purposes.Sharing, Purposes.Advertising];

    // Times that are ahead are still to come in the next step.
    private const int StepMs = 100_000;

    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();
    private readonly List<(ConsentRule Rule, int Step, bool Ends)> _said = [];
    private readonly List<ConsentRule> _denials = [];
    private readonly List<ConsentRule> _replacements = [];
    private readonly List<SetConsentsRequest> _sent = [];
    private int _steps;
    private Timestamp? _objected;

    public ConsentLedger Ledger => _client.Profile.Consents;

    public enum Way
    {
        Plainly,
        Ending,
        Replacing,
        Signal,
        ConsentString,
        Again,
    }

    /// <summary>What is said in one step, and for each of it how many steps ago it is said to have been said; less than 0 for a time to come.</summary>
    public sealed record Step(Way Way, ConsentRule[] Rules, int[] Ages);

    public static Arbitrary<Step[]> Arbitrary { get; } =
        (from way in Gen.Elements(Enum.GetValues<Way>())
         from rules in Consent.Rules.Arbitrary.Generator
         from ages in Gen.Choose(-2, 5).ArrayOf(3)
         select new Step(way, [.. rules.Take(3)], ages)).ArrayOf().ToArbitrary();

    private Turn Turn => _grid.Turn(TenantWorld.Now + (_steps * StepMs));

    public void Take(Step step)
    {
        _steps++;
        switch (step.Way)
        {
            case Way.Signal:
                _client.TakePrivacySignal(Turn);
                _objected ??= At(0);
                foreach (string purpose in _denied)
                {
                    Say(Rule(purpose, "*", "*", false), _objected, ends: true);
                }

                break;
            case Way.ConsentString:
                SayString(step.Ages[0]);
                break;
            case Way.Again when _sent.Count > 0:
                _client.SetConsents(Turn, _sent[(step.Ages[0] + 2) % _sent.Count].Clone(), new SetConsentsResponse());
                break;
            case Way.Again:
                break;
            default:
                SayRules(step);
                break;
        }
    }

    private void SayString(int age)
    {
        var request = new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(AtMs(age), [1], [3, 4, 5, 6], [], [755]), TcfVendors = { 755 } };
        _client.SetConsents(Turn, request, new SetConsentsResponse());
        _sent.Add(request);
        Timestamp time = At(Math.Max(age, 0));
        foreach (string purpose in new[] { "personalization", "advertising", "analytics", "measurement" })
        {
            bool allowed = purpose is "personalization" or "advertising";
            Say(Rule(purpose, "*", "*", allowed), time);
            Say(Rule(purpose, "location", "*", allowed), time);
            Say(Rule(purpose, "*", "iab:755", allowed), time);
        }

        Say(Rule("sharing", "*", "*", false), time);
        Say(Rule("sharing", "*", "iab:755", true), time);
        Say(Rule("sharing", "location", "iab:755", true), time);
    }

    private void SayRules(Step step)
    {
        var request = new SetConsentsRequest { ClientId = "c", Replace = step.Way == Way.Replacing, EndNarrower = step.Way == Way.Ending };
        for (int i = 0; i < step.Rules.Length; i++)
        {
            ConsentRule stated = step.Rules[i].Clone();
            (stated.Time, stated.EndedUntil) = (At(step.Ages[i]), null);
            request.Consents.Add(stated);
        }

        var replacement = new ConsentRule { Purpose = "*", Category = "*", Recipient = "*", Time = At(0) };
        ConsentRule[] rules = [.. request.Consents.Select(r => r.Clone())];
        foreach (ConsentRule rule in rules)
        {
            rule.Time = rule.Time > At(0) ? At(0) : rule.Time;
        }

        var exceptions = new List<(ConsentRule Rule, Timestamp Time, bool Ends)>();
        foreach (ConsentRule rule in rules)
        {
            Timestamp time = rules.Where(d => Ends(d) && Covers(d, rule)).Select(d => d.Time).Append(rule.Time).Max()!;
            bool wasEnded = rule.Decision == Decision.Allow && _denials.Any(d => Covers(d, rule) && d.Time >= rule.Time);
            exceptions.Add((rule, request.Replace ? (wasEnded ? rule.Time : At(0)) : time, Ends(rule)));
        }

        if (request.Replace)
        {
            _said.Clear();
            _replacements.Add(replacement);
        }
        else
        {
            _sent.Add(request.Clone());
        }

        foreach ((ConsentRule rule, Timestamp time, bool ends) in exceptions)
        {
            Say(rule, time, ends);
        }

        if (request.Consents.Count > 0 || request.Replace)
        {
            _client.SetConsents(Turn, request, new SetConsentsResponse());
        }

        bool Ends(ConsentRule rule) => rule.Decision == Decision.Deny && step.Way != Way.Plainly;
    }

    /// <summary>One cell: null when nobody said anything about it that holds.</summary>
    public bool? Said(string purpose, string category, string recipient)
    {
        var about = _said.Where(s => s.Rule.Purpose == purpose && (s.Rule.Category == "*" || s.Rule.Category == category)
            && (s.Rule.Recipient == "*" || s.Rule.Recipient == recipient)).ToList();
        var holding = about
            .GroupBy(s => (s.Rule.Category, s.Rule.Recipient))
            .Select(same => same.OrderByDescending(s => s.Rule.Time).ThenByDescending(s => (s.Rule.Decision == Decision.Deny, s.Rule.Decision == Decision.Withdrawn)).First())
            .Where(s => s.Rule.Decision != Decision.Withdrawn)
            .Where(s => s.Rule.Decision == Decision.Deny || !about.Any(denial => denial.Ends && (denial.Rule.Time > s.Rule.Time || (denial.Rule.Time == s.Rule.Time && denial.Step != s.Step))))
            .Where(s => s.Rule.Decision == Decision.Deny || !_replacements.Any(replacement => replacement.Time > s.Rule.Time))
            .OrderByDescending(s => (s.Rule.Category == "*" ? 0 : 1) + (s.Rule.Recipient == "*" ? 0 : 1))
            .ThenByDescending(s => s.Rule.Time)
            .ThenByDescending(s => s.Rule.Decision == Decision.Deny)
            .Select(s => s.Rule)
            .FirstOrDefault();
        return holding is null ? null : holding.Decision == Decision.Allow;
    }

    private static ConsentRule Rule(string purpose, string category, string recipient, bool allowed) =>
        Consent.Rules.Rule(purpose, category, recipient, allowed, 0);

    private static bool Covers(ConsentRule denial, ConsentRule rule) => denial.Purpose == rule.Purpose
        && (denial.Category == "*" || denial.Category == rule.Category) && (denial.Recipient == "*" || denial.Recipient == rule.Recipient);

    private void Say(ConsentRule rule, Timestamp time, bool ends = false)
    {
        ConsentRule said = rule.Clone();
        said.Time = time;
        _said.Add((said, _steps, ends));
        if (ends)
        {
            _denials.Add(said);
        }
    }

    private Timestamp At(int age) => TenantWorld.At(AtMs(age));

    // No two steps are of the same time, so that a tie is one within a step.
    private long AtMs(int age) => Turn.NowMs - (age * StepMs) - (age != 0 ? _steps * 100 : 0);
}
