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

    /// <summary>The denials that are still to be taken down; null when there are none.</summary>
    public static JournalEntry.Types.ConsentsSet? Denials(ConsentLedger consents, long nowMs)
    {
        JournalEntry.Types.ConsentsSet? set = null;
        foreach (string purpose in _purposes)
        {
            if (!IsTakenDown(consents, purpose))
            {
                set ??= new JournalEntry.Types.ConsentsSet();
                set.Consents.Add(new V1.Consent
                {
                    Purpose = purpose,
                    Category = "*",
                    Recipient = "*",
                    Decision = Decision.Deny,
                    Source = Source,
                    Time = ProfileView.Time(nowMs),
                    EndedUntil = ProfileView.Time(nowMs),
                });
            }
        }

        return set;
    }

    private static bool IsTakenDown(ConsentLedger consents, string purpose)
    {
        for (int i = 0; i < consents.History.Count; i++)
        {
            if (consents.History[i].Source == Source && consents.History[i].Purpose == purpose)
            {
                return true;
            }
        }

        return false;
    }
}
