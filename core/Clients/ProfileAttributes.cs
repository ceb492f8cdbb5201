using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// What targeting conditions can ask of a client, answered on demand: <c>clientId</c>, <c>interests.TOPIC</c> (affinity),
/// <c>traits.NAME</c>, <c>counters.TYPE.total</c> (and <c>lastHour</c>, <c>lastDay</c>, <c>last7Days</c>,
/// <c>last30Days</c>), <c>money.purchases</c>, <c>money.spent.CURRENCY</c>, <c>daysSinceLastSeen</c>,
/// <c>session.events</c>, <c>segments</c> (a list of ids), and of the request <c>context.channel</c>, <c>context.topics</c>, <c>context.NAME</c> and
/// <c>placement</c>. Without a profile only the request answers. What may not be used is missing, like what is not known.
/// </summary>
internal sealed class ProfileAttributes(
    string clientId, ClientProfile? profile, DataCategories allowed, long nowMs, string placement, Context? context, SegmentSet? segments = null)
    : IAttributes, ITopicAffinity, ISegmentMembership
{
    private const double DayMs = 86_400_000;

    private List<string>? _segments;

    /// <summary>Whether a condition was about segments.</summary>
    public bool HasAskedForSegments => _segments is not null;

    public bool IsIn(string segmentId) => profile is not null && Segments().BinarySearch(segmentId, StringComparer.Ordinal) >= 0;

    public AttributeValue Resolve(AttributePath path) => path.Root switch
    {
        "context" => OfContext(path.Rest),
        "placement" => AttributeValue.Of(placement),
        _ => profile is null ? AttributeValue.Missing : OfProfile(profile, path),
    };

    /// <summary>Weighed by trust; a rejected interest counts as none.</summary>
    public double Affinity(string topic)
    {
        if (profile is null || profile.Interests.Find(topic) is not (>= 0 and var i))
        {
            return 0;
        }

        float weight = profile.Interests.Weight(i, allowed);
        return weight == 0 ? 0 : weight * profile.Interests.Affinity(i, Now(profile), allowed);
    }

    // When the client was last seen depends on all its acts.
    private long Now(ClientProfile known) => allowed == DataCategories.All ? known.ViewTime(nowMs) : nowMs;

    private bool MayUseAllActs => allowed.Permits(DataCategories.Acts);

    private AttributeValue OfProfile(ClientProfile known, AttributePath path)
    {
        switch (path.Root)
        {
            case "clientId":
                return AttributeValue.Of(clientId);
            case "interests":
                return known.Interests.Find(path.Rest) is >= 0 and var i && known.Interests.HasEvidence(i, allowed)
                    && known.Interests.Weight(i, allowed) > 0
                    ? AttributeValue.Of(Affinity(path.Rest))
                    : AttributeValue.Missing;
            case "traits":
                return known.Traits.Find(path.Rest, allowed) is { Trust: not Interest.Types.Trust.Rejected } trait
                    ? AttributeValue.Of(trait.Value)
                    : AttributeValue.Missing;
            case "counters":
                return OfCounter(known, path);
            case "money":
                return OfMoney(known.Money, allowed, path);
            case "daysSinceLastSeen":
                return known.HasEvents && MayUseAllActs ? AttributeValue.Of(Math.Max(0, nowMs - known.LastSeenMs) / DayMs) : AttributeValue.Missing;
            case "segments" when path.Rest.Length == 0:
                return AttributeValue.Of(Segments());
            case "session":
                return path.Rest == "events" && MayUseAllActs && known.Sessions.Latest is { } s && nowMs - s.LastMs <= SessionLog.GapMs
                    ? AttributeValue.Of(s.Events)
                    : AttributeValue.Missing;
            default:
                return AttributeValue.Missing;
        }
    }

    private AttributeValue OfCounter(ClientProfile known, AttributePath path)
    {
        int dot = path.Rest.LastIndexOf('.');
        if (dot < 0)
        {
            return AttributeValue.Missing;
        }

        EventCounter? counter = known.Counters.Find(path.Rest[..dot]);
        counter = counter is not null && allowed.Permits(counter.Categories) ? counter : null;
        long at = Now(known);
        return path.Rest[(dot + 1)..] switch
        {
            "total" => AttributeValue.Of(counter?.Total ?? 0),
            "lastHour" => AttributeValue.Of(counter?.LastHour(at) ?? 0),
            "lastDay" => AttributeValue.Of(counter?.LastDay(at) ?? 0),
            "last7Days" => AttributeValue.Of(counter?.Last7Days(at) ?? 0),
            "last30Days" => AttributeValue.Of(counter?.Last30Days(at) ?? 0),
            _ => AttributeValue.Missing,
        };
    }

    // Found out once a decision, and only when it is asked for.
    private List<string> Segments() => _segments ??= segments is null ? [] : segments.Holding(this, allowed).ConvertAll(s => s.Id);

    private static AttributeValue OfMoney(MoneyLedger money, DataCategories allowed, AttributePath path) => path.Segments switch
    {
        _ when !allowed.Permits(DataCategories.Purchases) => AttributeValue.Missing,
        [_, "purchases"] => AttributeValue.Of(money.Count(allowed)),
        [_, "spent", var currency] => AttributeValue.Of(money.Spent(currency, allowed)),
        _ => AttributeValue.Missing,
    };

    private AttributeValue OfContext(string name)
    {
        if (context is null)
        {
            return AttributeValue.Missing;
        }

        return name switch
        {
            "channel" => context.Channel == FootprintEvent.Types.Channel.Unspecified ? AttributeValue.Missing : AttributeValue.Of(ChannelName(context.Channel)),
            "topics" => AttributeValue.Of([.. context.Topics.Select(t => t.Topic)]),
            _ => context.Attributes.TryGetValue(name, out string? value) ? AttributeValue.Of(value) : AttributeValue.Missing,
        };
    }

    private static string ChannelName(FootprintEvent.Types.Channel channel) => channel switch
    {
        FootprintEvent.Types.Channel.Web => "WEB",
        FootprintEvent.Types.Channel.App => "APP",
        FootprintEvent.Types.Channel.Store => "STORE",
        FootprintEvent.Types.Channel.CallCentre => "CALL_CENTRE",
        FootprintEvent.Types.Channel.Email => "EMAIL",
        FootprintEvent.Types.Channel.OutOfHome => "OUT_OF_HOME",
        _ => "",
    };
}
