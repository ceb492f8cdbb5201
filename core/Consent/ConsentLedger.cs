using Footprint.Grid.Core.Profiles;
using Google.Protobuf.Collections;
using ConsentRule = Footprint.Grid.V1.Consent;
using ConsentsSet = Footprint.Grid.Storage.V1.JournalEntry.Types.ConsentsSet;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// What a client allows and denies, by purpose, data category and recipient, and every change of it. Rules are resolved by
/// <see cref="ConsentResolver"/>; what holds for the tenant itself is compiled, so that a decision reads one byte. Past the
/// bound of the history the oldest change goes.
/// </summary>
internal sealed class ConsentLedger
{
    // Replaced by each change. Most clients never make one, and share the empty array, which is always at hand.
    private ConsentRule[] _rules = [];
    private ConsentRule[] _history = [];
    private Compiled _optIn;
    private Compiled _optOut;

    /// <summary>What holds; what was ended or taken back is kept, since it stands in the place of what was said before, but does not hold.</summary>
    public IReadOnlyList<ConsentRule> Rules => Array.Exists(_rules, r => r.EndedUntil is not null || r.Decision == Decision.Withdrawn)
        ? Array.FindAll(_rules, r => r.Decision != Decision.Withdrawn && !ConsentEnding.IsEnded(r, _rules))
        : _rules;

    public IReadOnlyList<ConsentRule> History => _history;

    /// <summary>Categories that may be used for a purpose in an answer to that recipient.</summary>
    public DataCategories Allowed(string purpose, string recipient, ConsentRegime regime)
    {
        if (_rules.Length == 0)
        {
            return regime == ConsentRegime.OptOut ? DataCategories.All : DataCategories.None;
        }

        int number = Purposes.Number(purpose);
        return number >= 0 && recipient == Recipients.Self
            ? Of(regime).Purpose[number]
            : ConsentResolver.Allowed(_rules, purpose, recipient, regime);
    }

    /// <summary>Categories that may be kept: some purpose other than sharing may use them, in an answer to whomever.</summary>
    public DataCategories Keepable(ConsentRegime regime) => _rules.Length == 0
        ? (regime == ConsentRegime.OptOut ? DataCategories.All : DataCategories.None)
        : Of(regime).Keepable;

    /// <summary>The client's own act; see <see cref="HasRoomFor"/> first.</summary>
    public void Set(ConsentRule act)
    {
        int at = Find(act);
        if (at < 0)
        {
            _rules = [.. _rules, act];
        }
        else
        {
            _rules[at] = ConsentEnding.Keep(IsLater(act, _rules[at]) ? act : _rules[at], act.EndedUntil, _rules[at].EndedUntil);
        }

        Remember(act);
        Recompile();
    }

    /// <summary>Withdraws all rules; the history stays.</summary>
    public void Withdraw()
    {
        _rules = [];
        Recompile();
    }

    /// <summary>The rules as they will be.</summary>
    public ConsentLedger After(ConsentsSet set)
    {
        var after = new ConsentLedger();
        after._rules = set.Replace ? [] : [.. _rules];
        foreach (ConsentRule act in set.Consents)
        {
            after.Set(act);
        }

        return after;
    }

    public bool HasRoomFor(IReadOnlyCollection<ConsentRule> acts, bool replace)
    {
        int added = 0;
        foreach (ConsentRule act in acts)
        {
            added += replace || Find(act) < 0 ? 1 : 0;
        }

        return (replace ? 0 : _rules.Length) + added <= ProfileLimits.Consents;
    }

    /// <summary>Two profiles become one: the stricter consent wins in every cell, whichever is later.</summary>
    public void Merge(ConsentLedger other)
    {
        if (other._rules.Length > 0)
        {
            _rules = _rules.Length == 0 ? [.. other._rules] : [.. ConsentMerge.Stricter(_rules, other._rules)];
        }

        foreach (ConsentRule act in other._history)
        {
            Remember(act);
        }

        Recompile();
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
        while (at > 0 && act.Time.CompareTo(_history[at - 1].Time) < 0)
        {
            at--;
        }

        ConsentRule[] history = [.. _history.AsSpan(0, at), act, .. _history.AsSpan(at)];
        _history = history.Length > ProfileLimits.ConsentHistory ? history[1..] : history;
    }

    private static bool IsLater(ConsentRule act, ConsentRule than)
    {
        int order = act.Time.CompareTo(than.Time);
        return order > 0 || (order == 0 && Care(act.Decision) > Care(than.Decision));
    }

    // Of what is said at once the more careful holds.
    private static int Care(Decision decision) => decision == Decision.Deny ? 2 : decision == Decision.Withdrawn ? 1 : 0;

    private void Recompile() => _optIn = _optOut = default;

    private ref Compiled Of(ConsentRegime regime)
    {
        ref Compiled compiled = ref regime == ConsentRegime.OptOut ? ref _optOut : ref _optIn;
        if (!compiled.IsValid)
        {
            compiled = Compile(regime);
        }

        return ref compiled;
    }

    private Compiled Compile(ConsentRegime regime)
    {
        var compiled = new Compiled { IsValid = true };
        foreach (string purpose in _rules.Select(r => r.Purpose)
            .Concat([Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Measurement, Purposes.Sharing]).Distinct())
        {
            DataCategories self = ConsentResolver.Allowed(_rules, purpose, Recipients.Self, regime);
            int number = Purposes.Number(purpose);
            if (number >= 0)
            {
                compiled.Purpose[number] = self;
            }

            if (purpose == Purposes.Sharing)
            {
                continue;
            }

            // "*" stands for a recipient that no rule names.
            compiled.Keepable |= self | ConsentResolver.Allowed(_rules, purpose, Recipients.Any, regime);
            foreach (ConsentRule named in _rules.Where(r => r.Purpose == purpose && r.Recipient != Recipients.Any))
            {
                compiled.Keepable |= ConsentResolver.Allowed(_rules, purpose, named.Recipient, regime);
            }
        }

        return compiled;
    }

    private struct Compiled
    {
        public bool IsValid;
        public DataCategories Keepable;
        public ByPurpose Purpose;
    }

    [System.Runtime.CompilerServices.InlineArray(Purposes.Count)]
    private struct ByPurpose
    {
        private DataCategories _first;
    }
}
