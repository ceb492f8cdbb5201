using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>A profile as the client sees it, whole, and as a recipient does, with what it may have.</summary>
internal static class ProfileView
{
    /// <summary>All of it.</summary>
    public static Profile Of(string clientId, ClientProfile profile, long nowMs)
    {
        var view = Facts(clientId, profile, profile.ViewTime(nowMs), DataCategories.All, segments: null);
        view.Version = profile.Version;
        view.Consents.AddRange(profile.Consents.Rules);
        view.Aliases.AddRange(profile.Aliases);
        view.Unlinked.AddRange(profile.LinkedIds?.GivenUp ?? []);
        view.Countries.AddRange(profile.Countries);
        view.OtherStatements.AddRange(Others(profile.Traits));
        view.TrustHistory.AddRange(profile.TrustHistory.All.Select(TrustHistory.View));
        view.Disclosures.AddRange(profile.Disclosures.All.Select(DisclosureView.Of));
        return view;
    }

    /// <summary>
    /// The facts that a recipient may have, and what is withheld by the rules alone. What mixes data categories (when the
    /// client was seen, its session, how many acts are behind an interest and which was the last) is left out when one of
    /// them is withheld. Rules, aliases and history are the client's own and go to nobody; no more do segments whose conditions
    /// ask who the client is, since the recipient may know it by another id.
    /// </summary>
    public static Profile Allowed(string clientId, ClientProfile profile, long nowMs, DataCategories allowed, SegmentSet segments)
    {
        Profile view = allowed == DataCategories.All
            ? Facts(clientId, profile, profile.ViewTime(nowMs), allowed, segments)
            : Facts(clientId, profile, nowMs, allowed, segments);
        CategoryNames.Withheld(allowed, view.Withheld);
        return view;
    }

    public static Interest View(InterestTable table, int i, long nowMs, DataCategories allowed = DataCategories.All)
    {
        ref InterestTable.Entry entry = ref table[i];
        bool maySaid = (allowed & DataCategories.Declared) != 0 || entry.Trust == Trust.Rejected;
        bool isSaid = entry.IsSpoken && maySaid;

        // That it was asked about may follow from what is withheld here.
        bool isPartial = allowed != DataCategories.All;
        var view = new Interest
        {
            Topic = entry.Topic,
            Affinity = table.Affinity(i, nowMs, allowed),
            Trust = (entry.IsSpoken && !isSaid) || (entry.Trust == Trust.Probed && isPartial) ? Trust.Inferred : entry.Trust,
            Category = isSaid ? "declared" : "inferred",
            Provenance = isSaid ? Trait.Types.Provenance.Declared : Trait.Types.Provenance.Derived,
        };
        if (entry.TrustMs != 0 && maySaid && !(entry.Trust == Trust.Probed && isPartial))
        {
            view.TrustTime = Time(entry.TrustMs);
        }

        if (allowed.Permits(DataCategories.Evidence))
        {
            InterestTable.Seen whole = table.Whole(i);
            view.PassiveCount = whole.PassiveCount;
            view.ActiveCount = whole.ActiveCount;
            view.LastSeen = whole.LastMs == 0 ? null : Time(whole.LastMs);
            view.Source = whole.Source;
            view.Channel = whole.Channel;
            view.Provenance = whole.IsImported && !isSaid ? Trait.Types.Provenance.Imported : view.Provenance;
        }

        return view;
    }

    /// <summary>By what act a trait was stated is a fact of that act's categories.</summary>
    public static Trait View(StoredTrait t, DataCategories allowed = DataCategories.All) => new()
    {
        Name = t.Name,
        Value = t.Value,
        Category = t.Category,
        Provenance = t.Provenance,
        Time = Time(t.TimeMs),
        Source = allowed.Permits(TraitTable.SourceCategories(t)) ? t.Source : "",
        Channel = t.Channel,
        Trust = t.Trust,
    };

    public static Timestamp Time(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    // Without segments for the client itself.
    private static Profile Facts(string clientId, ClientProfile profile, long at, DataCategories allowed, SegmentSet? segments)
    {
        bool isOwn = segments is null;
        var view = new Profile { ClientId = clientId };
        if (allowed.Permits(DataCategories.Acts) && profile.HasEvents)
        {
            view.FirstSeen = Time(profile.FirstSeenMs);
            view.LastSeen = Time(profile.LastSeenMs);
        }

        if (allowed.Permits(DataCategories.Acts) && profile.Sessions.Latest is { } session)
        {
            view.Session = new Session { Start = Time(session.StartMs), Last = Time(session.LastMs), Events = session.Events };
        }

        view.Money = profile.Money.View(allowed);
        view.Interests.AddRange(Interests(profile.Interests, at, allowed, isOwn));
        view.Traits.AddRange(profile.Traits.All.Where(t => profile.Traits.Holds(t, allowed) && (isOwn || t.Trust != Trust.Rejected)).Select(t => View(t, allowed)));
        view.Counters.AddRange(profile.Counters.All.Where(c => allowed.Permits(c.Categories)).Select(c => c.View(at)));
        for (int i = profile.RecentItems.Count - 1; i >= 0; i--)
        {
            ref RecentItems.Entry e = ref profile.RecentItems[i];
            if (allowed.Permits(e.Categories))
            {
                view.RecentItems.Add(new RecentItem { ItemId = e.ItemId, Type = e.Type, Time = Time(e.TimeMs) });
            }
        }

        // What a segment was concluded from is not kept with it, so it goes where all of that may go.
        foreach (SegmentMemberships.Entry e in allowed == DataCategories.All ? profile.Segments.All : [])
        {
            if (segments?.NamesClients(e.SegmentId) == true)
            {
                continue;
            }

            view.Segments.Add(new SegmentMembership { SegmentId = e.SegmentId, Entered = Time(e.EnteredMs), Left = e.IsIn ? null : Time(e.LeftMs) });
        }

        return view;
    }

    // What else is known of a name, the later first: what states a rejected value is shown as rejected, and the no to it not once more.
    private static IEnumerable<Trait> Others(TraitTable traits)
    {
        foreach (StoredTrait trait in traits.All.Where(t => !traits.Holds(t)).OrderBy(t => t.Name, StringComparer.Ordinal).ThenByDescending(t => t.TimeMs))
        {
            bool isRefused = traits.IsRefused(trait);
            if (!TraitTable.IsOfOneValue(trait) || !traits.All.Any(t => t.Name == trait.Name && t.Value == trait.Value && traits.IsRefused(t)))
            {
                Trait view = View(trait);
                view.Trust = isRefused ? Trust.Rejected : view.Trust;
                yield return view;
            }
        }
    }

    // A recipient learns nothing of a rejected interest, and of another what it may use.
    private static IEnumerable<Interest> Interests(InterestTable table, long nowMs, DataCategories allowed, bool isOwn) =>
        Enumerable.Range(0, table.Count)
            .Where(i => isOwn || (table.Weight(i, allowed) > 0 && table.HasEvidence(i, allowed)))
            .Select(i => View(table, i, nowMs, allowed))
            .OrderByDescending(i => i.Affinity)
            .ThenBy(i => i.Topic, StringComparer.Ordinal);
}
