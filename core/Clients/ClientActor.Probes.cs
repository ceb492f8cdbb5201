using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Clients;

/// <summary>What the client is asked, and what it answers.</summary>
public sealed partial class ClientActor
{
    private const string PermitField = "properties." + ProbeAnswer.Permit;

    // Asking is journalled like an ad's impression, since caps count it; what cannot be journalled is not asked.
    private void Ask(in Turn turn, PickContentRequest request, DataCategories allowed, ProbeDefinition[] probes, PickContentResponse response)
    {
        long at = allowed == DataCategories.All ? Profile.ViewTime(turn.NowMs) : turn.NowMs;
        var query = new ProbeQuery(Profile, probes, allowed, turn.Definitions, turn.Knowledge.Probes, turn.NowMs, at);
        var probed = new StoredProbed { TimeMs = turn.NowMs, Channel = request.Context?.Channel ?? default };
        bool counts = Counts(turn, request.Context);
        ProbeChoice? choice = ProbeChoice.Of(query, counts ? probed.Potentials : null);
        if (choice is { } chosen)
        {
            (probed.Topic, probed.ProbeId) = (chosen.Topic, chosen.Probe.Message.ProbeId);
            probed.Categories = (uint)(allowed & DataCategories.Evidence);
            probed.Level = counts ? (uint)chosen.Level : 0;
            probed.Shown = new StoredAsk { TextVersion = chosen.Probe.Message.TextVersion };
            probed.Shown.Purposes.AddRange(chosen.Probe.Message.Purposes);
        }

        if (choice is null && probed.Potentials.Count == 0)
        {
            return;
        }

        try
        {
            Change(turn, new JournalEntry { Probed = probed });
        }
        catch (GridException)
        {
            return;
        }

        string? language = null;
        request.Context?.Attributes.TryGetValue("language", out language);
        response.Probe = choice?.Probe.Ask(choice.Value.Topic, language);
    }

    // An answer is an active act. A yes is declared data; a no is an order, kept whatever else may be.
    private void RecordAnswer(in Turn turn, FootprintEvent e, DataCategories keepable, string? country, RecordResult result)
    {
        bool yes = ProbeAnswer.IsYes(e);
        bool mayKeep = keepable.Permits(DataCategories.Declared);
        if (Admit(e.ClientId, EventIntake.TimeMs(e.Time), e.EventId, yes ? keepable : DataCategories.All, result) is not { } hash)
        {
            return;
        }

        if (yes && !mayKeep)
        {
            result.Reject("FAILED_PRECONDITION", "The client allows no purpose to keep what it declares; it was not kept.", "type", "consent to the category declared");
            return;
        }

        if (yes && e.Imported)
        {
            RecordTold(turn, e, hash, keepable, country, result);
            return;
        }

        string topic = e.Topics[0].Topic;
        var answer = new StoredProbeAnswer { Topic = topic, Yes = yes, TakenMs = turn.NowMs };
        if (!Permit(turn, e, answer, out bool isAnswer))
        {
            result.Reject("RESOURCE_EXHAUSTED", "The client has too many consent rules; nothing was permitted and nothing kept.", PermitField, $"at most {ProfileLimits.Consents} rules a client");
            return;
        }

        if (!isAnswer)
        {
            // Whoever sends it learns nothing of what the client was asked, not by sending it again either.
            Change(turn, new JournalEntry { Event = Nothing(turn, hash, e) });
            result.Status = RecordResult.Types.Status.Applied;
            return;
        }

        JournalEntry entry = EventJournalling.Of(e, hash, turn);
        StoredEvent stored = entry.Event;
        (answer.Level, answer.Moved) = e.Imported ? default : Counting(turn, topic);
        stored.Answer = answer;
        stored.Country = IsNews(country, stored.TimeMs) ? country! : "";
        stored.Active = true;
        stored.Purchase = stored.Spent = stored.Declared = false;
        (stored.ItemId, stored.Value, stored.Weight) = ("", null, yes ? stored.Weight : 0);
        stored.Categories = (uint)DataCategories.Declared;
        stored.Topics.Clear();
        if (mayKeep)
        {
            EventStripping.Strip(stored, keepable);
        }
        else
        {
            // Nothing but the order itself.
            entry = new JournalEntry { Event = Nothing(turn, hash, e) };
            (entry.Event.Answer, entry.Event.Country) = (answer, stored.Country);
        }

        Change(turn, entry);
        result.Status = RecordResult.Types.Status.Applied;
        RefreshSegments(turn);
    }

    // A yes that somebody else brings is evidence of what the client said there, and no word of the client here: it confirms
    // nothing and permits nothing. A no only takes away, and is obeyed whoever brings it.
    private void RecordTold(in Turn turn, FootprintEvent e, ulong hash, DataCategories keepable, string? country, RecordResult result)
    {
        JournalEntry entry = EventJournalling.Of(e, hash, turn);
        StoredEvent stored = entry.Event;
        stored.Country = IsNews(country, stored.TimeMs) ? country! : "";
        stored.Purchase = stored.Spent = stored.Declared = false;
        (stored.ItemId, stored.Value, stored.Categories) = ("", null, (uint)DataCategories.Declared);
        stored.Topics.Clear();
        stored.Topics.Add(e.Topics);
        Record(turn, entry, keepable, result);
    }

    // Of an event of which nothing may be kept: that it was seen.
    private static StoredEvent Nothing(in Turn turn, ulong hash, FootprintEvent e) =>
        new() { IdHash = hash, TimeMs = EventJournalling.TimeMs(e.Time, turn.NowMs), TraitsOnly = true };

    // A yes to a probe is one when this client was shown it and has not answered yet; permission comes with it, for purposes
    // that were shown. False when there is no room for what is permitted, whether it was asked for or not.
    private bool Permit(in Turn turn, FootprintEvent e, StoredProbeAnswer answer, out bool isAnswer)
    {
        string probeId = ProbeAnswer.ProbeId(e);
        StoredAsk? shown = answer.Yes && probeId.Length > 0 ? Profile.Probes?.OpenAsk(answer.Topic, probeId, EventIntake.TimeMs(e.Time)) : null;
        isAnswer = !answer.Yes || probeId.Length == 0 || shown is not null;
        string[] purposes = ProbeAnswer.Permitted(e);
        if (purposes.Length == 0)
        {
            return true;
        }

        // As broad as a banner's, so that a later denial of any breadth takes it back.
        long now = turn.NowMs;
        V1.Consent[] asked = [.. purposes.Select(p => new V1.Consent
        {
            Purpose = p,
            Category = "*",
            Recipient = Recipients.Any,
            Decision = V1.Consent.Types.Decision.Allow,
            Source = ProbeMemory.Source,
            TextVersion = shown?.TextVersion ?? "",
            Time = ConsentEnding.Time(e.Time, now),
        })];
        answer.Consents.AddRange(asked.Where(c => shown is not null && shown.Purposes.Contains(c.Purpose)));
        return Profile.Consents.HasRoomFor(asked, replace: false);
    }

    // At what level of evidence an answer counts in reports, 0 for not at all, and whether it is the first active act.
    private (uint Level, bool Moved) Counting(in Turn turn, string topic)
    {
        if (!Counts(turn, context: null) || Profile.Interests.Find(topic) is not (>= 0 and var i))
        {
            return default;
        }

        double affinity = Profile.Interests.Affinity(i, Profile.ViewTime(turn.NowMs));
        uint counted = Profile.Probes?.Find(topic) is { Counted: not 0 } probe ? probe.Level : 0;
        bool isPotential = Profile.Interests[i].Trust is Trust.Inferred or Trust.Probed && affinity >= ProbeDefinition.DefaultEvidence;
        return counted > 0 || isPotential ? (counted > 0 ? counted : (uint)EvidenceLevel.Of(affinity), !HasActed(turn)) : default;
    }

    // Whether analytics may use all that interests are made of: then nothing that is withheld from it decides what counts.
    private bool Counts(in Turn turn, Context? context) => Allowed(turn, Purposes.Analytics, "", context).Permits(DataCategories.Evidence);

    private bool HasActed(in Turn turn)
    {
        // Acts and interests are of categories that analytics may use, or nothing would count; traits may be of others.
        DataCategories allowed = Allowed(turn, Purposes.Analytics, "", context: null);
        if (Profile.Traits.All.Any(t => TrustLadder.IsSpoken(t.Trust) && allowed.Permits(TraitTable.Categories(t))))
        {
            return true;
        }

        for (int i = 0; i < Profile.Interests.Count; i++)
        {
            if (Profile.Interests.Whole(i).ActiveCount > 0 || Profile.Interests[i].IsSpoken)
            {
                return true;
            }
        }

        EventTypeTable types = turn.Definitions.EventTypes;
        return Profile.Counters.All.Any(c => types.Resolve(c.Type).Kind == FootprintEvent.Types.Kind.Active);
    }
}
