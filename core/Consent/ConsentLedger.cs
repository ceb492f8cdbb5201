using Footprint.Grid.Core.Profiles;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using ConsentRule = Footprint.Grid.V1.Consent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// What a client allows and denies, by purpose, data category and recipient, and every change of it. A later act holds
/// over an earlier one; at the same instant a denial holds. Past the bound of the history the oldest change goes.
/// </summary>
internal sealed class ConsentLedger
{
    private const string All = "*";

    // Replaced by each change. Most clients never make one, and share the empty array, which is always at hand.
    private ConsentRule[] _rules = [];
    private ConsentRule[] _history = [];

    public IReadOnlyList<ConsentRule> Rules => _rules;

    public IReadOnlyList<ConsentRule> History => _history;

    /// <summary>
    /// Whether the profile may be used for a purpose. Any denial for the purpose counts as one of all of it, whatever its
    /// category or recipient, since decisions do not tell those apart yet.
    /// </summary>
    public bool Allows(string purpose, ConsentRegime regime)
    {
        bool allowed = regime == ConsentRegime.OptOut;
        foreach (ConsentRule rule in _rules)
        {
            if (rule.Purpose != purpose)
            {
                continue;
            }

            if (rule.Decision == Decision.Deny)
            {
                return false;
            }

            allowed |= rule.Category == All && rule.Recipient == All;
        }

        return allowed;
    }

    /// <summary>Whether anything may be kept: some purpose that works on the profile is allowed.</summary>
    public bool AllowsKeeping(ConsentRegime regime) =>
        (_rules.Length == 0 && regime == ConsentRegime.OptOut)
        || Allows(Purposes.Personalization, regime)
        || Allows(Purposes.Advertising, regime)
        || Allows(Purposes.Analytics, regime)
        || Allows(Purposes.Measurement, regime);

    /// <summary>The client's own act; see <see cref="HasRoomFor"/> first.</summary>
    public void Set(ConsentRule act)
    {
        int at = Find(act);
        if (at < 0)
        {
            _rules = [.. _rules, act];
        }
        else if (IsLater(act, _rules[at]))
        {
            _rules[at] = act;
        }

        Remember(act);
    }

    public bool HasRoomFor(IReadOnlyCollection<ConsentRule> acts)
    {
        int added = 0;
        foreach (ConsentRule act in acts)
        {
            added += Find(act) < 0 ? 1 : 0;
        }

        return _rules.Length + added <= ProfileLimits.Consents;
    }

    /// <summary>Two profiles become one: the stricter consent wins, whichever is later.</summary>
    public void Merge(ConsentLedger other)
    {
        foreach (ConsentRule theirs in other._rules)
        {
            int at = Find(theirs);
            if (at < 0)
            {
                _rules = [.. _rules, theirs];
            }
            else if (IsStricter(theirs, _rules[at]))
            {
                _rules[at] = theirs;
            }
        }

        foreach (ConsentRule act in other._history)
        {
            Remember(act);
        }
    }

    public void Save(RepeatedField<ConsentRule> rules, RepeatedField<ConsentRule> history)
    {
        rules.AddRange(_rules);
        history.AddRange(_history);
    }

    public void Load(RepeatedField<ConsentRule> rules, RepeatedField<ConsentRule> history)
    {
        _rules = [.. rules];
        _history = [.. history];
    }

    private int Find(ConsentRule rule) => Array.FindIndex(_rules, r =>
        r.Purpose == rule.Purpose && r.Category == rule.Category && r.Recipient == rule.Recipient);

    private void Remember(ConsentRule act)
    {
        int at = _history.Length;
        while (at > 0 && Compare(act.Time, _history[at - 1].Time) < 0)
        {
            at--;
        }

        ConsentRule[] history = [.. _history.AsSpan(0, at), act, .. _history.AsSpan(at)];
        _history = history.Length > ProfileLimits.ConsentHistory ? history[1..] : history;
    }

    private static bool IsLater(ConsentRule act, ConsentRule than)
    {
        int order = Compare(act.Time, than.Time);
        return order > 0 || (order == 0 && act.Decision == Decision.Deny);
    }

    private static bool IsStricter(ConsentRule act, ConsentRule than) =>
        act.Decision == than.Decision ? Compare(act.Time, than.Time) > 0 : act.Decision == Decision.Deny;

    private static int Compare(Timestamp a, Timestamp b) => a.CompareTo(b);
}
