using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// All of a profile, for the client to take along: as it is seen, and beside that field by field as it is stored; and what a
/// recipient may have of it.
/// </summary>
internal static class ProfileExport
{
    private static readonly JsonFormatter _json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static ExportResponse Of(string clientId, ClientProfile profile, long nowMs)
    {
        var export = new ExportResponse { Time = ProfileView.Time(nowMs), Profile = ProfileView.Of(clientId, profile, nowMs) };
        Add(export, profile.Impressions);
        Add(export, profile.AdImpressions);
        Add(export, profile.ContentImpressions);
        export.ConsentHistory.AddRange(profile.Consents.History);
        profile.RememberedEvents.Save(export.RememberedEvents);
        export.Stored = Struct.Parser.ParseJson(_json.Format(ProfileCodec.Save(profile)));
        return export;
    }

    /// <summary>
    /// The profile as the recipient may have it. Never what the client was shown: which campaigns and items those were is
    /// between the client, the tenant and whoever had them shown, and no other recipient's to know.
    /// </summary>
    public static ExportResponse Allowed(string clientId, ClientProfile profile, long nowMs, DataCategories allowed, SegmentSet segments) =>
        new() { Time = ProfileView.Time(nowMs), Profile = ProfileView.Allowed(clientId, profile, nowMs, allowed, segments) };

    private static void Add(ExportResponse export, ImpressionLog log)
    {
        for (int i = 0; i < log.Count; i++)
        {
            ref ImpressionLog.Entry entry = ref log[i];
            export.Impressions.Add(new ExportResponse.Types.Impression
            {
                ItemId = entry.Kind == StoredImpression.Types.Kind.Item ? entry.Key : "",
                CampaignId = entry.Kind == StoredImpression.Types.Kind.Campaign ? entry.Key : "",
                LineItemId = entry.Kind == StoredImpression.Types.Kind.LineItem ? entry.Key : "",
                Placement = entry.Placement,
                Time = ProfileView.Time(entry.TimeMs),
            });
        }
    }
}
