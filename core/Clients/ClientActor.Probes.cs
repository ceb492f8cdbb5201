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
    // Asking is journalled like an ad's impression, since caps count it; what cannot be journalled is not asked.
    private void Ask(in Turn turn, PickContentRequest request, DataCategories allowed, ProbeDefinition[] probes, PickContentResponse response)
    {
        long at = allowed == DataCategories.All ? Profile.ViewTime(turn.NowMs) : turn.NowMs;
        var query = new ProbeQuery(Profile, probes, allowed, turn.Definitions, turn.Knowledge.Probes, turn.NowMs, at);
        var probed = new StoredProbed { TimeMs = turn.NowMs, Channel = request.Context?.Channel ?? default };
        bool counts = Counts(turn);
        ProbeChoice? choice = ProbeChoice.Of(query, counts ? probed.Potentials : null);
        if (choice is { } chosen)
        {
            (probed.Topic, probed.ProbeId) = (chosen.Topic, chosen.Probe.Message.ProbeId);
            probed.Level = counts ? (uint)chosen.Level : 0;
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
        response.Probe = choice?.Probe.Ask(choice.Value.Topic, language, choice.Value.Value);
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

        string topic = e.Topics[0].Topic;
        var answer = new StoredProbeAnswer { Topic = topic, Yes = yes };
        if (!Permit(turn, e, answer, result))
        {
            return;
        }

        (answer.Level, answer.Moved) = Counting(turn, topic);
        JournalEntry entry = EventJournalling.Of(e, hash, turn.Definitions);
        StoredEvent stored = entry.Event;
        stored.Answer = answer;
        stored.Country = IsNews(country) ? country! : "";
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
            (stored.TraitsOnly, stored.Type, stored.Source, stored.Country) = (true, "", "", "");
            stored.Traits.Clear();
        }

        Change(turn, entry);
        result.Status = RecordResult.Types.Status.Applied;
        RefreshSegments(turn);
    }

    // Permission comes with a yes to a probe that this client was shown, for purposes that its text says.
    private bool Permit(in Turn turn, FootprintEvent e, StoredProbeAnswer answer, RecordResult result)
    {
        string[] purposes = ProbeAnswer.Permitted(e);
        if (purposes.Length == 0)
        {
            return true;
        }

        const string Field = "properties." + ProbeAnswer.Permit;
        string probeId = ProbeAnswer.ProbeId(e);
        if (Profile.Probes?.Find(answer.Topic) is not { AskedMs: not 0 } asked || asked.ProbeId != probeId || turn.Definitions.Probes.Find(probeId) is not { } probe)
        {
            result.Reject("FAILED_PRECONDITION", "The client was not asked by this probe about this topic; nothing was permitted and nothing kept.", Field, "the probe that was shown last");
            return false;
        }

        if (purposes.FirstOrDefault(p => !probe.Purposes.Contains(p)) is { } other)
        {
            result.Reject("FAILED_PRECONDITION", $"The probe does not ask to permit '{other}'; nothing was permitted and nothing kept.", Field, string.Join(", ", probe.Purposes));
            return false;
        }

        // As broad as a banner's, so that a later denial of any breadth takes it back.
        long now = turn.NowMs;
        answer.Consents.AddRange(purposes.Select(p => new V1.Consent
        {
            Purpose = p,
            Category = "*",
            Recipient = Recipients.Any,
            Decision = V1.Consent.Types.Decision.Allow,
            Source = ProbeMemory.Source,
            TextVersion = probe.TextVersion,
            Time = ConsentEnding.Time(e.Time, now),
        }));
        if (!Profile.Consents.HasRoomFor(answer.Consents, replace: false))
        {
            result.Reject("RESOURCE_EXHAUSTED", "The client has too many consent rules; nothing was permitted and nothing kept.", Field, $"at most {ProfileLimits.Consents} rules a client");
            return false;
        }

        return true;
    }

    // At what level of evidence an answer counts in reports, 0 for not at all, and whether it is the first active act.
    private (uint Level, bool Moved) Counting(in Turn turn, string topic)
    {
        if (!Counts(turn) || Profile.Interests.Find(topic) is not (>= 0 and var i))
        {
            return default;
        }

        double affinity = Profile.Interests.Affinity(i, Profile.ViewTime(turn.NowMs));
        uint counted = Profile.Probes?.Find(topic) is { Counted: not 0 } probe ? probe.Level : 0;
        bool isPotential = Profile.Interests[i].Trust is Trust.Inferred or Trust.Probed && affinity >= ProbeDefinition.DefaultEvidence;
        return counted > 0 || isPotential ? (counted > 0 ? counted : (uint)EvidenceLevel.Of(affinity), !HasActed(turn)) : default;
    }

    // Whether analytics may use all that interests are made of: then nothing that is withheld from it decides what counts.
    private bool Counts(in Turn turn) => Allowed(turn, Purposes.Analytics, "", context: null).Permits(DataCategories.Evidence);

    private bool HasActed(in Turn turn)
    {
        if (Profile.Traits.All.Any(t => TrustLadder.IsSpoken(t.Trust)))
        {
            return true;
        }

        for (int i = 0; i < Profile.Interests.Count; i++)
        {
            if (Profile.Interests[i].ActiveCount > 0 || Profile.Interests[i].IsSpoken)
            {
                return true;
            }
        }

        EventTypeTable types = turn.Definitions.EventTypes;
        return Profile.Counters.All.Any(c => types.Resolve(c.Type).Kind == FootprintEvent.Types.Kind.Active);
    }
}
