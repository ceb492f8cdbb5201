using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>
/// A client that says things by all ways there are, a second apart, and what anybody would take from that: of what is said
/// about a cell the narrowest holds, the latest of equally narrow ones; a denial by the page, by the signal, or by a request
/// that replaces or ends what was said before, leaves nothing of what was allowed earlier.
/// </summary>
internal sealed class ConsentWorld
{
    private static readonly string[] _denied = [Purposes.Sharing, Purposes.Advertising];

    private const int StepMs = 1_000_000;

    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();
    private readonly List<(ConsentRule Rule, int Step, bool Ends)> _said = [];
    private int _steps;
    private bool _hasObjected;

    public ConsentLedger Ledger => _client.Profile.Consents;

    public enum Way
    {
        Plainly,
        Ending,
        Replacing,
        Signal,
        ConsentString,
    }

    /// <summary>What is said in one step, and how many steps ago it is said to have been said.</summary>
    public sealed record Step(Way Way, ConsentRule[] Rules, int Age);

    public static Arbitrary<Step[]> Arbitrary { get; } =
        (from way in Gen.Elements(Enum.GetValues<Way>())
         from rules in Consent.Rules.Arbitrary.Generator
         from age in Gen.Choose(0, 5)
         select new Step(way, [.. rules.Take(3)], age)).ArrayOf().ToArbitrary();

    private Turn Turn => _grid.Turn(TenantWorld.Now + (_steps * StepMs));

    public void Take(Step step)
    {
        _steps++;
        if (step.Way == Way.Signal)
        {
            _client.TakePrivacySignal(Turn);
            foreach (string purpose in _hasObjected ? [] : _denied)
            {
                Say(Rule(purpose, "*", "*", false), 0, ends: true);
            }

            _hasObjected = true;
            return;
        }

        if (step.Way == Way.ConsentString)
        {
            string text = TcfWriter.Of(AtMs(step.Age), [1], [3, 4, 5, 6], [], [755]);
            var set = new SetConsentsResponse();
            _client.SetConsents(Turn, new SetConsentsRequest { ClientId = "c", TcfString = text, TcfVendors = { 755 } }, set);
            foreach (string purpose in new[] { "personalization", "advertising", "analytics", "measurement" })
            {
                bool allowed = purpose is "personalization" or "advertising";
                Say(Rule(purpose, "*", "*", allowed), step.Age);
                Say(Rule(purpose, "location", "*", allowed), step.Age);
                Say(Rule(purpose, "*", "iab:755", allowed), step.Age);
            }

            Say(Rule("sharing", "*", "*", false), step.Age);
            Say(Rule("sharing", "*", "iab:755", true), step.Age);
            Say(Rule("sharing", "location", "iab:755", true), step.Age);
            return;
        }

        var request = new SetConsentsRequest { ClientId = "c", Replace = step.Way == Way.Replacing, EndNarrower = step.Way == Way.Ending };
        if (request.Replace)
        {
            _said.Clear();
        }

        foreach (ConsentRule rule in step.Rules)
        {
            ConsentRule stated = rule.Clone();
            (stated.Time, stated.EndedUntil) = (At(step.Age), null);
            request.Consents.Add(stated);
            Say(rule, step.Age, ends: rule.Decision == Decision.Deny && step.Way != Way.Plainly);
        }

        _client.SetConsents(Turn, request, new SetConsentsResponse());
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
            .Where(s => s.Rule.Decision == Decision.Deny || !about.Any(denial => denial.Ends && denial.Step != s.Step && denial.Rule.Time >= s.Rule.Time))
            .OrderByDescending(s => (s.Rule.Category == "*" ? 0 : 1) + (s.Rule.Recipient == "*" ? 0 : 1))
            .ThenByDescending(s => s.Rule.Time)
            .ThenByDescending(s => s.Rule.Decision == Decision.Deny)
            .Select(s => s.Rule)
            .FirstOrDefault();
        return holding is null ? null : holding.Decision == Decision.Allow;
    }

    private static ConsentRule Rule(string purpose, string category, string recipient, bool allowed) =>
        Consent.Rules.Rule(purpose, category, recipient, allowed, 0);

    private void Say(ConsentRule rule, int age, bool ends = false)
    {
        ConsentRule said = rule.Clone();
        said.Time = At(age);
        _said.Add((said, _steps, ends));
    }

    private Google.Protobuf.WellKnownTypes.Timestamp At(int age) => TenantWorld.At(AtMs(age));

    // No two steps are of the same time, so that a tie is one within a step.
    private long AtMs(int age) => Turn.NowMs - (age * StepMs) - (age > 0 ? _steps * 100 : 0);
}
