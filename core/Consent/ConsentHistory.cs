using Footprint.Grid.Core.Profiles;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using ConsentRule = Footprint.Grid.V1.Consent;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// Every change of what a client allows and denies, in the order of time, each once. Past the bound the oldest goes, but for
/// what the privacy signal said last: were that forgotten, the signal would be taken down anew and end what the client
/// allowed since.
/// </summary>
internal sealed class ConsentHistory
{
    private ConsentRule[] _acts = [];

    /// <summary>Not to be changed.</summary>
    public ConsentRule[] All => _acts;

    public void Add(ConsentRule act)
    {
        if (act.Purpose == ConsentEnding.EveryPurpose)
        {
            return;
        }

        int at = _acts.Length;
        while (at > 0 && act.Time.CompareTo(_acts[at - 1].Time) < 0)
        {
            at--;
        }

        for (int same = at - 1; same >= 0 && _acts[same].Time.Equals(act.Time); same--)
        {
            if (_acts[same].Equals(act))
            {
                return;
            }
        }

        _acts = [.. _acts.AsSpan(0, at), act, .. _acts.AsSpan(at)];
        if (_acts.Length > ProfileLimits.ConsentHistory)
        {
            int oldest = Array.FindIndex(_acts, a => !PrivacySignal.Is(a) || !ReferenceEquals(a, Objection(a.Purpose)));
            _acts = [.. _acts.AsSpan(0, oldest), .. _acts.AsSpan(oldest + 1)];
        }
    }

    /// <inheritdoc cref="ConsentLedger.Objection"/>
    public ConsentRule? Objection(string purpose) => Array.FindLast(_acts, a => a.Purpose == purpose && PrivacySignal.Is(a));

    /// <summary>The first of the same words that were said to be of that time while it was to come.</summary>
    public ConsentRule? FirstAhead(ConsentRule act, Timestamp stated) => FirstAhead(_acts, act, stated);

    /// <inheritdoc cref="FirstAhead(ConsentRule, Timestamp)"/>
    public static ConsentRule? FirstAhead(ConsentRule[] acts, ConsentRule act, Timestamp stated) =>
        Array.Find(acts, a => stated.Equals(a.StatedTime) && IsOfCell(a, act) && IsSame(a, act));

    /// <inheritdoc cref="ConsentLedger.FirstOfDay"/>
    public ConsentRule? FirstOfDay(ConsentRule act, Timestamp from, Timestamp to)
    {
        bool IsOfDay(ConsentRule a) => IsSame(a, act) && Stated(a).CompareTo(from) >= 0 && Stated(a).CompareTo(to) <= 0;

        // An allowance that was there before came then, whatever was said since; a denial only where nothing else was.
        return act.Decision == ConsentRule.Types.Decision.Allow
            ? Array.Find(_acts, a => IsOfCell(a, act) && IsOfDay(a))
            : Array.FindLast(_acts, a => IsOfCell(a, act)) is { } last && IsOfDay(last) ? last : null;
    }

    private static Timestamp Stated(ConsentRule a) => a.StatedTime ?? a.Time;

    private static bool IsSame(ConsentRule a, ConsentRule act) => a.Decision == act.Decision && a.TextVersion == act.TextVersion;

    private static bool IsOfCell(ConsentRule a, ConsentRule act) => a.Source == act.Source && ConsentEnding.IsSameCell(a, act);

    public void Load(RepeatedField<ConsentRule> acts) => _acts = [.. acts];
}
