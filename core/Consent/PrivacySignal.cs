using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// The signal of the Global Privacy Control specification (W3C Privacy Working Group): a general wish that data be neither
/// sold nor shared. It is taken down once for each client, as a denial of sharing and of advertising that ends whatever was
/// allowed of them before. What the client says of this site afterwards holds, though the browser goes on sending the
/// signal: a word on one site stands before a general wish.
/// </summary>
internal static class PrivacySignal
{
    public const string Source = "gpc";

    private static readonly string[] _purposes = [Purposes.Sharing, Purposes.Advertising];

    /// <summary>Whether it objects to that purpose.</summary>
    public static bool Denies(string purpose) => Array.IndexOf(_purposes, purpose) >= 0;

    /// <summary>Whether it is a denial as the signal's.</summary>
    public static bool Is(V1.Consent act) => act is { Source: Source, Decision: Decision.Deny, Category: "*", Recipient: Recipients.Any } && Denies(act.Purpose);

    /// <summary>
    /// The denials that are still to be taken down; null when there are none. One that was taken down before and replaced
    /// since is said again as of then, so that whatever the client said about the purpose after it holds.
    /// </summary>
    public static JournalEntry.Types.ConsentsSet? Denials(ConsentLedger consents, long nowMs)
    {
        JournalEntry.Types.ConsentsSet? set = null;
        foreach (string purpose in _purposes)
        {
            V1.Consent? objection = consents.Objection(purpose);
            if (objection is null || !(consents.Broadest(purpose)?.Time.CompareTo(objection.Time) >= 0))
            {
                set ??= new JournalEntry.Types.ConsentsSet();
                set.Consents.Add(objection?.Clone() ?? Denial(purpose, nowMs));
            }
        }

        return set;
    }

    private static V1.Consent Denial(string purpose, long nowMs) => new()
    {
        Purpose = purpose,
        Category = "*",
        Recipient = Recipients.Any,
        Decision = Decision.Deny,
        Source = Source,
        Time = ProfileView.Time(nowMs),
        EndedUntil = ProfileView.Time(nowMs),
    };
}
