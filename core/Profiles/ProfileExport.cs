using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
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
        export.AdAnswers.AddRange(AdAnswersOf(profile));
        export.Questions.AddRange((profile.Probes?.Topics ?? []).OrderByDescending(topic => topic.AskedMs).Select(Question));
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

    private static IEnumerable<ExportResponse.Types.AdAnswer> AdAnswersOf(ClientProfile profile)
    {
        var rows = new RepeatedField<StoredAdAnswer>();
        profile.AdAnswers?.Save(rows);
        return rows.Select(row => new ExportResponse.Types.AdAnswer
        {
            CampaignId = row.Kind == StoredImpression.Types.Kind.Campaign ? row.Key : "",
            LineItemId = row.Kind == StoredImpression.Types.Kind.Campaign ? "" : row.Key,
            Dismissed = TimeOrNever(row.DismissedMs),
            Converted = TimeOrNever(row.ConvertedMs),
        });
    }

    private static ExportResponse.Types.Question Question(StoredProbe topic) => new()
    {
        Topic = topic.Topic,
        ProbeId = topic.ProbeId,
        Asked = TimeOrNever(topic.AskedMs),
        Answered = TimeOrNever(topic.AnsweredMs),
        Declined = TimeOrNever(topic.DeclinedMs),
        Purposes = { topic.Open?.Purposes ?? [] },
        TextVersion = topic.Open?.TextVersion ?? "",
    };

    private static Timestamp? TimeOrNever(long ms) => ms == 0 ? null : ProfileView.Time(ms);

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
