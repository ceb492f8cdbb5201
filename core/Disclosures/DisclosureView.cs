using System.Globalization;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Disclosures;

/// <summary>A row of the record as the client sees it.</summary>
internal static class DisclosureView
{
    public static Disclosure Of(StoredDisclosure row)
    {
        var view = new Disclosure
        {
            Recipient = row.Recipient,
            Purpose = row.Purpose,
            Kind = row.Kind,
            Count = row.Count,
            First = ProfileView.Time(row.FirstMs),
            Last = ProfileView.Time(row.LastMs),
            Day = row.Day == 0 ? "" : ProfileView.Time(row.Day * DisclosureLog.DayMs).ToDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        CategoryNames.Name((DataCategories)row.Categories, view.Categories);
        return view;
    }
}
