using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What each kind of journal entry does to the profile.</summary>
public sealed partial class ClientProfile
{
    private void Apply(StoredEvent e)
    {
        RememberedEvents.Add(e.IdHash);
        State(e.Country, Whereabouts.HourMs(e.TimeMs));
        if (e.Answer is { } answer)
        {
            Apply(e, answer);
        }

        if (e.Dismissed || e.Converted)
        {
            AnswerAd(e);
        }

        if (e.TraitsOnly)
        {
            State(e, e.Source.Length > 0 ? e.Source : e.Type, CategoryNames.OfStored(e.Categories));
            return;
        }

        DataCategories categories = CategoryNames.OfStored(e.Categories);
        string type = Counters.Add(e.Type, e.TimeMs, categories);
        Sessions.Add(e.TimeMs, categories);
        string source = e.Source.Length > 0 ? e.Source : type;
        Interests.Add(e, new ActOrigin(categories, source, e.Channel, e.Imported));
        if (e.ItemId.Length > 0 && (e.Weight > 0 || e.Spent))
        {
            RecentItems.Add(e.ItemId, type, e.TimeMs, e.Spent, isDisliked: e.Weight < 0, categories);
        }

        if (e.Purchase)
        {
            Money.Add(type, e.TimeMs, e.Value, (DataCategories)e.Categories);
        }

        State(e, source, categories);
        Seen.Add(categories, e.TimeMs, e.TimeMs);
    }

    private void Apply(StoredEvent e, StoredProbeAnswer answer)
    {
        string source = e.Source.Length > 0 ? e.Source : ProbeMemory.Source;
        ActOrigin origin = e.TraitsOnly ? ActOrigin.Nowhere : new ActOrigin(DataCategories.Declared, source, e.Channel, e.Imported);
        Interests.Answer(answer.Topic, answer.Yes ? TrustAct.Confirm : TrustAct.Reject, e.TimeMs, answer.TakenMs, e.Weight, e.HalfLifeS, origin);
        (Probes ??= new ProbeMemory()).Answered(answer.Topic, answer.Yes, e.TimeMs, answer.Level, answer.Moved);
        foreach (var act in answer.Consents)
        {
            Consents.Set(act.Clone());
        }
    }

    private void AnswerAd(StoredEvent e) => (AdAnswers ??= new AdAnswers()).Add(new StoredAdAnswer
    {
        Kind = e.CampaignId.Length > 0 ? StoredImpression.Types.Kind.Campaign : StoredImpression.Types.Kind.LineItem,
        Key = e.CampaignId.Length > 0 ? e.CampaignId : e.LineItemId,
        DismissedMs = e.Dismissed ? e.TimeMs : 0,
        ConvertedMs = e.Converted ? e.TimeMs : 0,
        Categories = e.Converted ? e.Categories : 0,
    });

    private void Apply(StoredProbed probed)
    {
        (Probes ??= new ProbeMemory()).Apply(probed);
        if (probed.Topic.Length > 0)
        {
            var origin = new ActOrigin(DataCategories.Inferred, ProbeMemory.Source, probed.Channel, IsImported: false);
            Interests.Answer(probed.Topic, TrustAct.Ask, probed.TimeMs, probed.TimeMs, weight: 0, halfLifeSeconds: 0, origin);
        }
    }

    private void Apply(JournalEntry.Types.Expired expired)
    {
        StoredProfile stored = ProfileCodec.Save(this);
        if (Expiry.Apply(stored, expired))
        {
            (ulong version, UnknownFields? unknown, long idleFrom) = (Version, Unknown, IdleFromMs);
            ClientProfile rest = ProfileCodec.Load(stored);
            Forget();
            Merge(rest);
            (Version, Unknown, IdleFromMs) = (version, expired.Idle ? null : unknown, expired.Idle ? 0 : idleFrom);
        }

        IdleFromMs = expired.IdleFromMs != 0 ? expired.IdleFromMs : IdleFromMs;
    }

    private void Apply(JournalEntry.Types.SegmentsChanged changed)
    {
        foreach (string left in changed.Left)
        {
            Segments.Leave(left, changed.TimeMs);
        }

        foreach (string entered in changed.Entered)
        {
            Segments.Enter(entered, changed.TimeMs);
        }

        foreach (string counted in changed.Counted)
        {
            Segments.Count(counted, counts: true);
        }

        foreach (string uncounted in changed.Uncounted)
        {
            Segments.Count(uncounted, counts: false);
        }
    }

    private void State(StoredEvent e, string source, DataCategories categories)
    {
        for (int i = 0; i < e.Traits.Count; i++)
        {
            TraitValue trait = e.Traits[i];
            Trait.Types.Provenance provenance = e.Imported ? Trait.Types.Provenance.Imported
                : e.Active ? Trait.Types.Provenance.Declared : Trait.Types.Provenance.Observed;
            Traits.Put(new StoredTrait
            {
                Name = trait.Name,
                Value = trait.Value,
                Category = trait.Category,
                Provenance = provenance,
                Trust = TraitTable.TrustOf(provenance),
                TimeMs = e.TimeMs,
                Source = source,
                SourceCategories = e.Source.Length > 0 ? 0 : (uint)categories,
                Channel = e.Channel,
            });
        }
    }

    private void Apply(JournalEntry.Types.ConsentsSet set)
    {
        if (set.Replace)
        {
            Consents.Withdraw();
        }

        foreach (var act in set.Consents)
        {
            Consents.Set(act.Clone());
        }

        if (set.Country.Length > 0 && set.CountryMs == 0)
        {
            // Entries of earlier versions moved the client, and do not say when.
            Whereabouts = Whereabouts.Moved(set.Country);
        }
        else
        {
            State(set.Country, set.CountryMs);
        }

        if (set.StopCounting)
        {
            Probes?.StopCounting();
        }

        if (set.StopCountingSegments)
        {
            Segments.StopCounting();
        }

        if (set.ForgetCategories != 0)
        {
            Forget((DataCategories)set.ForgetCategories);
        }
    }

    private void Apply(JournalEntry.Types.InterestAnswered answer)
    {
        var origin = new ActOrigin(DataCategories.Declared, answer.Source, answer.Channel, IsImported: false);
        TrustAct act = TrustLadder.ActOf(answer.Trust);
        if (answer.Trait.Length > 0)
        {
            Traits.Answer(answer.Trait, answer.TraitValue, act, answer.TimeMs, origin);
        }
        else
        {
            Interests.Answer(answer.Topic, act, answer.TimeMs, answer.TimeMs, answer.Weight, answer.HalfLifeS, origin);
            (Probes ??= new ProbeMemory()).Answered(answer.Topic, act != TrustAct.Reject, answer.TimeMs, answer.Level, answer.Moved);
        }

        if (!answer.OrderAlone)
        {
            Seen.Add(DataCategories.Declared, answer.TimeMs, answer.TimeMs);
        }
    }

    /// <summary>
    /// What no purpose may keep any more goes: the facts of those categories, and of facts of several what has one of them.
    /// Segments may be concluded from any; what holds without those facts is found out anew.
    /// </summary>
    internal void Forget(DataCategories categories)
    {
        Interests.Forget(categories);
        Seen.Forget(categories);
        Sessions.Forget(categories);
        Traits.Forget(categories);
        Counters.Forget(categories);
        RecentItems.Forget(categories);
        ShownPicks.Forget(categories);
        Probes?.Forget(categories);
        Probes = Probes is { IsEmpty: true } ? null : Probes;
        Interests.KeepAsked(topic => Probes?.Find(topic));
        AdAnswers?.Forget(categories);
        AdAnswers = AdAnswers is { IsEmpty: true } ? null : AdAnswers;
        Money.Forget(categories);
        if ((categories & DataCategories.Behaviour) != 0)
        {
            Impressions = new ImpressionLog(ProfileLimits.Impressions);
            AdImpressions = new ImpressionLog(ProfileLimits.AdImpressions);
            ContentImpressions = new ImpressionLog(ProfileLimits.ContentImpressions);
        }

        Segments = new SegmentMemberships();
    }
}
