using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// How a belief about a client becomes a truth, for interests and traits alike. The table has a row for each state and a
/// column for each act:
/// <code>
///             evidence   ask      declare    confirm     reject
/// INFERRED    INFERRED   PROBED   DECLARED   CONFIRMED   REJECTED
/// PROBED      PROBED     PROBED   DECLARED   CONFIRMED   REJECTED
/// CONFIRMED   CONFIRMED  CONFIRMED DECLARED  CONFIRMED   REJECTED
/// REJECTED    REJECTED   REJECTED DECLARED   CONFIRMED   REJECTED
/// DECLARED    DECLARED   DECLARED DECLARED   CONFIRMED   REJECTED
/// </code>
/// What the client said holds over what was inferred or asked, whenever that was; of two things said the later one holds,
/// and at the same instant the more careful: reject, confirm, declare. So acts may arrive in any order.
/// </summary>
internal static class TrustLadder
{
    private const int Trusts = 6;

    /// <summary>States, with the unused number 0, and all once more for where what the client said lifted a no.</summary>
    public const int States = 2 * Trusts;

    /// <summary>How much longer than by its event types the evidence of a confirmed interest lives.</summary>
    public const double ConfirmedHalfLives = 2;

    /// <summary>What an affinity is multiplied by when it is used.</summary>
    public const float ConfirmedWeight = 1.5f;
    public const float DeclaredWeight = 1.25f;

    private static readonly Trust[,] _next =
    {
        { Trust.Inferred, Trust.Probed, Trust.Declared, Trust.Confirmed, Trust.Rejected },
        { Trust.Probed, Trust.Probed, Trust.Declared, Trust.Confirmed, Trust.Rejected },
        { Trust.Confirmed, Trust.Confirmed, Trust.Declared, Trust.Confirmed, Trust.Rejected },
        { Trust.Rejected, Trust.Rejected, Trust.Declared, Trust.Confirmed, Trust.Rejected },
        { Trust.Declared, Trust.Declared, Trust.Declared, Trust.Confirmed, Trust.Rejected },
    };

    /// <summary>Whether the client spoke about it.</summary>
    public static bool IsSpoken(Trust trust) => trust >= Trust.Confirmed;

    /// <summary>How long something is held on to where there is no room for all: a no longest, for it keeps what was inferred from coming back.</summary>
    public static int Hold(Trust trust) => trust == Trust.Rejected ? 2 : IsSpoken(trust) ? 1 : 0;

    /// <summary>Where an act leads from a state, whatever their times.</summary>
    public static Trust Next(Trust from, TrustAct act) => _next[(int)from - 1, (int)act];

    /// <summary>Where an act of that time leads from a state reached at that time; both are set. True when the state changed.</summary>
    public static bool Take(ref Trust trust, ref long trustMs, TrustAct act, long actMs)
    {
        Trust next = Next(trust, act);
        bool isSaid = act >= TrustAct.Declare;
        bool isLate = isSaid && IsSpoken(trust) && (actMs < trustMs || (actMs == trustMs && Care(next) < Care(trust)));
        if (isLate || (!isSaid && next == trust))
        {
            // Who was asked again was asked last.
            trustMs = act == TrustAct.Ask && trust == Trust.Probed ? Math.Max(trustMs, actMs) : trustMs;
            return false;
        }

        bool changed = next != trust;
        (trust, trustMs) = (next, actMs);
        return changed;
    }

    /// <summary>The act that leads to a state.</summary>
    public static TrustAct ActOf(Trust trust) => trust switch
    {
        Trust.Probed => TrustAct.Ask,
        Trust.Confirmed => TrustAct.Confirm,
        Trust.Rejected => TrustAct.Reject,
        Trust.Declared => TrustAct.Declare,
        _ => TrustAct.Evidence,
    };

    /// <summary>
    /// What an affinity counts for when these categories may be used, 0 for not at all. What the client said is declared
    /// data, a conclusion inferred data; a rejection is an order, not data, and always obeyed: also one that the client lifted,
    /// by who may not use what it declared.
    /// </summary>
    public static float Weight(Trust trust, Consent.DataCategories allowed, bool isLifted = false)
    {
        bool mayUseSaid = (allowed & Consent.DataCategories.Declared) != 0;
        float inferred = (allowed & Consent.DataCategories.Inferred) != 0 ? 1 : 0;
        return trust switch
        {
            Trust.Rejected => 0,
            _ when isLifted && !mayUseSaid => 0,
            Trust.Confirmed when mayUseSaid => ConfirmedWeight,
            Trust.Declared when mayUseSaid => DeclaredWeight,
            _ => inferred,
        };
    }

    /// <summary>The number of a state.</summary>
    public static int State(Trust trust, bool isLifted) => (int)trust + (isLifted ? Trusts : 0);

    /// <summary>The weights of all states, by their numbers.</summary>
    public static void Weights(Consent.DataCategories allowed, Span<float> to)
    {
        for (int state = 0; state < States; state++)
        {
            to[state] = Weight((Trust)(state % Trusts), allowed, isLifted: state >= Trusts);
        }
    }

    public static int Care(Trust trust) => trust switch
    {
        Trust.Rejected => 3,
        Trust.Confirmed => 2,
        Trust.Declared => 1,
        _ => 0,
    };
}
