using Footprint.Grid.Core.Profiles;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
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
    private readonly ConsentHistory _history = new();
    private Compiled _optIn;
    private Compiled _optOut;

    /// <summary>What holds; what was ended or taken back is kept, since it stands in the place of what was said before, but does not hold.</summary>
    public IReadOnlyList<ConsentRule> Rules => Array.Exists(_rules, r => r.EndedUntil is not null || r.Decision == Decision.Withdrawn)
        ? Array.FindAll(_rules, r => r.Decision != Decision.Withdrawn && !ConsentEnding.IsEnded(r, _rules))
        : _rules;

    public IReadOnlyList<ConsentRule> History => _history.All;

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

        _history.Add(act);
        Recompile();
    }

    /// <summary>Withdraws all rules, for which <see cref="ConsentEnding.Replacement"/> comes then; the history stays.</summary>
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

    /// <summary>The rules as they will be when two clients have become one.</summary>
    public ConsentLedger With(ConsentLedger other)
    {
        var both = new ConsentLedger { _rules = _rules };
        both.Merge(other);
        return both;
    }

    /// <summary>Whether just that was said before. It changes nothing, and does not bring back what was replaced since.</summary>
    public bool IsRepeat(ConsentRule act) => IsSaid(_rules, act) || IsSaid(_history.All, act);

    /// <summary>
    /// Dates what is said by the time that it bears, but none later than now. What was said to be of a time to come counts from
    /// when it first came, however often it comes, also when that time has come.
    /// </summary>
    public void Date(ConsentRule act, long nowMs)
    {
        Timestamp? stated = act.Time;
        ConsentRule? first = stated is null ? null : _history.FirstAhead(act, stated) ?? ConsentHistory.FirstAhead(_rules, act, stated);
        act.Time = first?.Time ?? ConsentEnding.Time(stated, nowMs);
        act.StatedTime = first is not null || act.Time.CompareTo(stated ?? act.Time) < 0 ? stated : null;
    }

    /// <summary>
    /// As what a consent that tells its day alone first came. Null when it is new, as is a denial that comes again after another
    /// one of its source; an allowance that was there before is not.
    /// </summary>
    public ConsentRule? FirstOfDay(ConsentRule act, Timestamp from, Timestamp to) => _history.FirstOfDay(act, from, to);

    /// <summary>Whether a denial of its purpose has ended an allowance of that time, also if its rule was replaced since.</summary>
    public bool WasEnded(ConsentRule act) => ConsentEnding.IsEnded(act, _history.All);

    /// <summary>The rule about all of a purpose.</summary>
    public ConsentRule? Broadest(string purpose) => Array.Find(_rules, r => r.Purpose == purpose && r.Category == "*" && r.Recipient == Recipients.Any);

    /// <summary>What the privacy signal said about a purpose; null when it was never taken down.</summary>
    public ConsentRule? Objection(string purpose) => _history.Objection(purpose);

    public bool HasRoomFor(IReadOnlyCollection<ConsentRule> acts, bool replace)
    {
        int added = 0;
        foreach (ConsentRule act in acts)
        {
            added += replace || Find(act) < 0 ? 1 : 0;
        }

        return added == 0 || (replace ? 0 : _rules.Length) + added <= ProfileLimits.Consents;
    }

    /// <summary>Whether both together speak of no more purposes than there may be rules.</summary>
    public bool HasRoomFor(ConsentLedger other) =>
        _rules.Length + other._rules.Length <= ProfileLimits.Consents
        || _rules.Concat(other._rules).Select(r => r.Purpose).Distinct().Count() <= ProfileLimits.Consents;

    /// <summary>Two profiles become one: the stricter consent wins in every cell, whichever is later.</summary>
    public void Merge(ConsentLedger other)
    {
        if (other._rules.Length > 0)
        {
            _rules = _rules.Length == 0 ? [.. other._rules] : [.. ConsentMerge.Stricter(_rules, other._rules)];
        }

        foreach (ConsentRule act in other._history.All)
        {
            _history.Add(act);
        }

        Recompile();
    }

    public void Save(RepeatedField<ConsentRule> rules, RepeatedField<ConsentRule> history)
    {
        rules.AddRange(_rules);
        history.AddRange(_history.All);
    }

    public void Load(RepeatedField<ConsentRule> rules, RepeatedField<ConsentRule> history)
    {
        _rules = [.. rules];
        _history.Load(history);
        EndOfOld();
    }

    private int Find(ConsentRule rule) => Array.FindIndex(_rules, r => ConsentEnding.IsSameCell(r, rule));

    // Signals that were taken down before denials ended anything.
    private void EndOfOld()
    {
        foreach (ConsentRule objection in _history.All)
        {
            if (PrivacySignal.Is(objection) && objection.EndedUntil is null)
            {
                objection.EndedUntil = objection.Time;
                int at = Find(objection);
                if (at >= 0)
                {
                    _rules[at] = ConsentEnding.Keep(_rules[at], objection.Time, _rules[at].EndedUntil);
                }
            }
        }
    }

    private static bool IsSaid(ConsentRule[] rules, ConsentRule act) => Array.Exists(rules, r => ConsentEnding.IsSameCell(r, act)
        && r.Decision == act.Decision && r.Source == act.Source && r.TextVersion == act.TextVersion && r.Time.Equals(act.Time)
        && (act.EndedUntil is null || r.EndedUntil?.CompareTo(act.EndedUntil) >= 0));

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

            if (purpose is Purposes.Sharing or ConsentEnding.EveryPurpose)
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
