using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Consent.Tcf;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>What the client permits, and what follows from it in a turn.</summary>
public sealed partial class ClientActor
{
    public void SetConsents(in Turn turn, SetConsentsRequest request, SetConsentsResponse response)
    {
        RequestValidator.CheckTimes(request, turn.NowMs);
        var set = new JournalEntry.Types.ConsentsSet { Replace = request.Replace, Country = request.Country };

        // What is said of now holds, also where an event's clock was ahead.
        set.CountryMs = set.Country.Length > 0 ? Math.Max(turn.NowMs, Profile.Whereabouts.LastMs + 1) : 0;
        var endings = new List<V1.Consent>();
        if (request.Replace)
        {
            endings.Add(ConsentEnding.Replacement(turn.NowMs));
            set.Consents.Add(endings[0]);
        }

        set.Consents.AddRange(TcfConsents.Of(request, Profile.Consents, turn.NowMs));
        foreach (V1.Consent stated in request.Consents)
        {
            V1.Consent act = stated.Clone();
            act.Category = act.Category.Length == 0 ? "*" : act.Category;
            act.Recipient = act.Recipient.Length == 0 ? Recipients.Any : act.Recipient;
            Profile.Consents.Date(act, turn.NowMs);
            act.EndedUntil = null;
            set.Consents.Add(act);
            if ((request.EndNarrower || request.Replace) && act.Decision == V1.Consent.Types.Decision.Deny)
            {
                endings.Add(act);
            }
        }

        ConsentEnding.End(endings, set.Consents, Profile.Consents);
        LeaveOutRepeats(set);
        if (set.Consents.Count > 0 || set.Replace || set.Country.Length > 0)
        {
            Set(turn, set);
        }

        response.Consents.AddRange(Profile.Consents.Rules);
        response.ProfileVersion = Profile.Version;
    }

    // A site sends its consent string with every page.
    private void LeaveOutRepeats(JournalEntry.Types.ConsentsSet set)
    {
        for (int i = set.Consents.Count - 1; i >= 0 && !set.Replace; i--)
        {
            if (Profile.Consents.IsRepeat(set.Consents[i]))
            {
                set.Consents.RemoveAt(i);
            }
        }
    }

    private void Set(in Turn turn, JournalEntry.Types.ConsentsSet set)
    {
        if (!Profile.Consents.HasRoomFor(set.Consents, set.Replace))
        {
            throw new GridException(Code.ResourceExhausted, "The client has too many consent rules.", [new Fault("consents", "are too many with those kept", $"at most {ProfileLimits.Consents} rules a client")]);
        }

        ConsentRegime regime = turn.Definitions.RegimeOf(set.Country.Length > 0 ? Profile.Whereabouts.With(Whereabouts.At([set.Country], set.CountryMs)).All : Profile.Countries);
        ConsentLedger after = Profile.Consents.After(set);
        set.ForgetCategories = (uint)(DataCategories.All & ~after.Keepable(regime));
        DataCategories counted = after.Allowed(Purposes.Analytics, Recipients.Self, regime);
        set.StopCounting = Profile.Probes is { IsCounted: true } && !counted.Permits(DataCategories.Evidence);
        set.StopCountingSegments = Profile.Segments.IsCounted && !counted.Permits(DataCategories.All);
        Change(turn, new JournalEntry { ConsentsSet = set });
        RefreshSegments(turn);
    }

    // What may be used for a purpose in an answer to that recipient. The stricter law holds, the client's or the request's.
    private DataCategories Allowed(in Turn turn, string purpose, string recipient, Context? context) =>
        turn.HasPrivacySignal && KeepsNothing && PrivacySignal.Denies(purpose) ? DataCategories.None : Profile.Consents.Allowed(
        purpose, Recipients.Of(recipient), turn.Definitions.RegimeOf(Profile.Countries, turn.Definitions.Countries.Count > 0 ? Country(context) : null));

    // What may be kept of an event that happened in that country: what the law there, and that of where the client is, both let.
    private DataCategories Keepable(in Turn turn, string? country) => Profile.Consents.Keepable(turn.Definitions.RegimeOf(Profile.Countries, country));

    // The client is where its latest event says, also if nothing of that event may be kept. What the law there does not let be
    // kept goes before the event is looked at. A client of whom nothing is kept gets its country with the event.
    private void Move(in Turn turn, FootprintEvent e, string? country, long at)
    {
        long countryMs = EventJournalling.TimeMs(e.Time, turn.NowMs);
        if (IsNews(country, countryMs) && !KeepsNothing && !IsOfAnother(e.ClientId, at) && !Profile.RememberedEvents.Contains(XxHash64.Hash(e.EventId)))
        {
            Set(turn, new JournalEntry.Types.ConsentsSet { Country = country, CountryMs = Whereabouts.HourMs(countryMs) });
        }
    }

    private static string? Country(Context? context) =>
        context is not null && context.Attributes.TryGetValue("country", out string? country) && FieldChecks.IsCountry(country) ? country : null;

    // What is late says where the client was, and not where it is.
    private bool IsNews(string? country, long atMs)
    {
        Whereabouts known = Profile.Whereabouts;
        long hour = Whereabouts.HourMs(atMs);
        return country is not null && (known.Last.Count == 0 || hour > known.LastMs || (hour == known.LastMs && !known.Last.Contains(country)));
    }
}
