using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>
/// What a consent string says in our words. Of the framework's purposes 5 and 6 together are personalization, 3 and 4
/// advertising, 9 and 10 analytics, 7 and 8 measurement. Special feature 1 rules the category location. The framework
/// names recipients one by one, so sharing is denied to all but the vendors asked for, each a recipient <c>iab:NUMBER</c>
/// that may be given something when it may process for some purpose. <c>docs/privacy.md</c> has the table.
/// </summary>
internal static class TcfConsents
{
    /// <summary>What the source of its consents begins with; the number of the platform that made the string follows.</summary>
    public const string Source = "tcf:";

    public const int MaxVendors = 20;
    public const int MaxVendor = 65_535;
    private const string All = "*";
    private const string Location = "location";
    private const int PreciseLocation = 1;
    private const long DayMs = 24 * 60 * 60 * 1000;

    private static readonly (string Purpose, int[] Theirs)[] _purposes =
    [
        (Purposes.Personalization, [5, 6]),
        (Purposes.Advertising, [3, 4]),
        (Purposes.Analytics, [9, 10]),
        (Purposes.Measurement, [7, 8]),
    ];

    /// <summary>The rules of a request's consent string; none without one.</summary>
    /// <exception cref="GridException">The string was updated later than now.</exception>
    public static List<V1.Consent> Of(V1.SetConsentsRequest request, ConsentLedger before, long nowMs)
    {
        if (request.TcfString.Length == 0)
        {
            return [];
        }

        TcfString tcf = TcfString.Parse(request.TcfString);
        return tcf.UpdatedMs <= nowMs + EventIntake.MaxAheadMs
            ? Of(tcf, request.TcfVendors, before, nowMs)
            : throw new GridException([new Fault("tcfString", "was last updated in the future", "at most five minutes ahead of the server's clock")]);
    }

    /// <summary>
    /// The rules, dated by the string's last update, but none later than now: an update that is ahead counts from when the
    /// string first came. Those of a string that gives the day alone by when they first came, within that day.
    /// </summary>
    private static List<V1.Consent> Of(TcfString tcf, IReadOnlyList<int> vendors, ConsentLedger before, long nowMs)
    {
        var rules = new List<V1.Consent>();
        bool isDay = tcf.UpdatedMs % DayMs == 0;
        var updated = ProfileView.Time(tcf.UpdatedMs);
        var last = ProfileView.Time(tcf.UpdatedMs + DayMs - 1);
        bool location = tcf.SpecialFeatures.Has(PreciseLocation);
        foreach ((string purpose, int[] theirs) in _purposes)
        {
            bool allowed = Array.TrueForAll(theirs, tcf.AllowsPublisher);
            Add(purpose, All, All, allowed);
            Add(purpose, Location, All, allowed && location);
        }

        Add(Purposes.Sharing, All, All, allowed: false);
        foreach (int vendor in vendors)
        {
            string recipient = $"iab:{vendor}";
            bool some = false;
            foreach ((string purpose, int[] theirs) in _purposes)
            {
                bool allowed = Array.TrueForAll(theirs, p => tcf.Allows(vendor, p));
                Add(purpose, All, recipient, allowed);
                some |= allowed;
            }

            Add(Purposes.Sharing, All, recipient, some);
            Add(Purposes.Sharing, Location, recipient, some && location);
        }

        return rules;

        void Add(string purpose, string category, string recipient, bool allowed)
        {
            var rule = new V1.Consent
            {
                Purpose = purpose,
                Category = category,
                Recipient = recipient,
                Decision = allowed ? Decision.Allow : Decision.Deny,
                Source = $"{Source}{tcf.CmpId}",
                TextVersion = $"vendor-list:{tcf.VendorListVersion}",
            };
            if (!isDay)
            {
                rule.Time = updated;
                before.Date(rule, nowMs);
            }
            else if (before.FirstOfDay(rule, updated, last) is { } first)
            {
                (rule.Time, rule.StatedTime) = (first.Time, first.StatedTime);
            }
            else
            {
                rule.Time = ProfileView.Time(Math.Min(nowMs, tcf.UpdatedMs + DayMs - 1));
                rule.StatedTime = tcf.UpdatedMs > nowMs ? updated : null;
            }

            rules.Add(rule);
        }
    }
}
