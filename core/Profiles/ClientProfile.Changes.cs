using Footprint.Grid.Core.Consent;
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
        State(e.Country);
        if (e.TraitsOnly)
        {
            State(e, e.Source.Length > 0 ? e.Source : e.Type);
            return;
        }

        DataCategories categories = CategoryNames.OfStored(e.Categories);
        string type = Counters.Add(e.Type, e.TimeMs, categories);
        Sessions.Add(e.TimeMs);
        string source = e.Source.Length > 0 ? e.Source : type;
        Interests.Add(e, new ActOrigin(categories, source, e.Channel, e.Imported));
        if (e.ItemId.Length > 0 && (e.Weight > 0 || e.Spent))
        {
            RecentItems.Add(e.ItemId, type, e.TimeMs, e.Spent, isDisliked: e.Weight < 0, categories);
        }

        if (e.Purchase)
        {
            Money.Add(e.TimeMs, e.Value);
        }

        State(e, source);
        Saw(e.TimeMs);
    }

    private void Apply(JournalEntry.Types.Expired expired)
    {
        StoredProfile stored = ProfileCodec.Save(this);
        if (Expiry.Apply(stored, expired))
        {
            (ulong version, UnknownFields? unknown) = (Version, Unknown);
            ClientProfile rest = ProfileCodec.Load(stored);
            Forget();
            Merge(rest);
            TrustHistory.Keep(topic => Interests.Find(topic) >= 0, trait => Traits.Find(trait) is not null);
            (Version, Unknown) = (version, expired.Idle ? null : unknown);
        }
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
    }

    private void State(StoredEvent e, string source)
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
                Channel = e.Channel,
            });
        }
    }

    private void State(string country)
    {
        if (country.Length > 0)
        {
            Countries.Clear();
            Countries.Add(country);
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

        State(set.Country);
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
            Traits.Answer(answer.Trait, act, answer.TimeMs, origin);
        }
        else
        {
            Interests.Answer(answer.Topic, act, answer.TimeMs, answer.Weight, answer.HalfLifeS, origin);
        }

        Saw(answer.TimeMs);
    }

    // What no purpose may keep any more goes: the facts of those categories, and of facts of several what has one of them.
    // Segments may be concluded from any; what holds without those facts is found out anew.
    private void Forget(DataCategories categories)
    {
        Interests.Forget(categories);
        Traits.Forget(categories);
        Counters.Forget(categories);
        RecentItems.Forget(categories);
        ShownPicks.Forget(categories);
        if ((categories & DataCategories.Purchases) != 0)
        {
            Money = new MoneyLedger();
        }

        if ((categories & DataCategories.Behaviour) != 0)
        {
            Sessions = new SessionLog();
            Impressions = new ImpressionLog(ProfileLimits.Impressions);
        }

        Segments = new SegmentMemberships();
        TrustHistory.Keep(topic => Interests.Find(topic) >= 0, trait => Traits.Find(trait) is not null);
    }
}
