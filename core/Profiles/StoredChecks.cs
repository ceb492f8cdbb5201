using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Refuses stored contents that no version ever wrote: a time outside the calendar, a number that is not one, an entry
/// without its part. Later turns rely on it, and one that stumbled would take the client down with every request.
/// </summary>
internal static class StoredChecks
{
    private const long FirstMs = -62_135_596_800_000;
    private const long LastMs = 253_402_300_799_999;
    private const double ShortestHalfLifeS = 1;
    private const double LongestHalfLifeS = 1e10;
    private const double MostWeight = 1e9;

    // 2^800 * 1e60 is still a number; no version lets evidence or the landmark come near either.
    private const double MostEvidence = 1e60;
    private const double MostHalfLivesAhead = 800;

    public static void Check(StoredProfile stored)
    {
        Times(stored.FirstSeenMs, stored.LastSeenMs, stored.ReferenceMs, stored.ErasedAtMs, stored.CountriesMs, stored.IdleFromMs);
        Times([.. stored.Seen.SelectMany(row => new[] { row.FirstMs, row.LastMs })]);

        // When the client was seen may be forgotten, where what it did that is left is not.
        long lastMs = stored.Interests.Select(i => Math.Max(i.LastSeenMs, i.TrustMs)).Append(stored.LastSeenMs).Max();
        for (int c = 0; c < stored.HalfLifeS.Count; c++)
        {
            double halfLife = stored.HalfLifeS[c];
            HalfLife(halfLife);
            long landmark = c < stored.ColumnReferenceMs.Count ? stored.ColumnReferenceMs[c] : stored.ReferenceMs;
            Times(landmark);
            if (stored.Interests.Count > 0 && (landmark - lastMs) / (halfLife * 1000) > MostHalfLivesAhead)
            {
                throw new CorruptRecordException($"A landmark of {landmark} ms for evidence up to {lastMs} ms.");
            }
        }

        foreach (StoredLinkedId id in stored.LinkedIds)
        {
            Times(id.NotBeforeMs, id.UnlinkedMs);
        }

        foreach (StoredTrustChange change in stored.TrustHistory)
        {
            Times(change.TimeMs);
        }

        foreach (StoredInterest interest in stored.Interests)
        {
            Times([interest.TrustMs, interest.LastSeenMs, interest.RejectedMs, interest.ConfirmedMs, .. interest.Seen.Select(seen => seen.LastSeenMs)]);
            Trust(interest.Trust);
            foreach (double evidence in interest.Evidence)
            {
                Within(evidence, MostEvidence, "evidence");
            }
        }

        foreach (StoredTrait trait in stored.Traits)
        {
            Times(trait.TimeMs);
            if (trait.Trust != Interest.Types.Trust.Unspecified)
            {
                Trust(trait.Trust);
            }
        }

        foreach (StoredSegment segment in stored.Segments)
        {
            Times(segment.EnteredMs, segment.LeftMs);
        }

        foreach (StoredRecentItem item in stored.RecentItems)
        {
            Times(item.TimeMs);
        }

        foreach (StoredSession session in stored.Sessions)
        {
            Times(session.StartMs, session.LastMs);
        }

        Money(stored.Money);
        Money(stored.DeclaredMoney);

        foreach (StoredShownPick shown in stored.ShownPicks)
        {
            Times(shown.TimeMs);
            Within(shown.Predicted, 1, "prediction");
            Within(shown.Stated, 1, "chance");
            Within(shown.Worth, 1, "worth");
            Within(shown.Reward, 1e6, "reward");
        }

        foreach (StoredProbe probe in stored.Probes?.Topics ?? [])
        {
            Times(probe.AskedMs, probe.DeclinedMs, probe.AnsweredMs);
            Level(probe.Level);
        }

        Times([.. stored.Probes?.AskedMs ?? []]);
        Impressions(stored.Impressions);
        Impressions(stored.AdImpressions);
        Impressions(stored.ContentImpressions);
        Times([stored.AdImpressionsLostMs, stored.ContentImpressionsLostMs, .. stored.AdImpressionsLost.Select(lost => lost.TimeMs)]);
        foreach (StoredAdAnswer answer in stored.AdAnswers)
        {
            Times(answer.DismissedMs, answer.ConvertedMs);
        }

        Consents(stored.Consents);
        Consents(stored.ConsentHistory);
        foreach (StoredDisclosure row in stored.Disclosures)
        {
            Disclosure(row);
        }
    }

    /// <summary>Checks an entry before it is replayed; on the live path the intake has seen to all of it.</summary>
    public static void Check(JournalEntry entry)
    {
        switch (entry.ChangeCase)
        {
            case JournalEntry.ChangeOneofCase.Event:
                Event(entry.Event);
                break;
            case JournalEntry.ChangeOneofCase.ConsentsSet:
                Times(entry.ConsentsSet.CountryMs);
                Consents(entry.ConsentsSet.Consents);
                break;
            case JournalEntry.ChangeOneofCase.InterestAnswered:
                Times(entry.InterestAnswered.TimeMs);
                Trust(entry.InterestAnswered.Trust);
                Evidence(entry.InterestAnswered.Weight, entry.InterestAnswered.HalfLifeS);
                break;
            case JournalEntry.ChangeOneofCase.Merged when entry.Merged.Profile is null:
                throw new CorruptRecordException($"Journal entry {entry.Sequence} merges no profile.");
            case JournalEntry.ChangeOneofCase.SegmentsChanged:
                Times(entry.SegmentsChanged.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.Merged:
                Times(entry.Merged.NotBeforeMs, entry.Merged.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.Unlinked:
                Times(entry.Unlinked.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.Erased:
                Times(entry.Erased.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.Expired:
                foreach (JournalEntry.Types.Expired.Types.Rule rule in entry.Expired.Rules)
                {
                    Times(rule.BeforeMs);
                }

                Times(entry.Expired.DisclosuresBeforeMs, entry.Expired.IdleFromMs);
                break;
            case JournalEntry.ChangeOneofCase.Disclosed:
                Disclosure(entry.Disclosed.Row ?? throw new CorruptRecordException($"Journal entry {entry.Sequence} discloses nothing."));
                break;
            case JournalEntry.ChangeOneofCase.Probed:
                Times(entry.Probed.TimeMs);
                Level(entry.Probed.Level);
                foreach (StoredProbed.Types.Potential potential in entry.Probed.Potentials)
                {
                    Level(potential.Level);
                }

                break;
            case JournalEntry.ChangeOneofCase.AdsShown:
                Impressions(entry.AdsShown.Impressions);
                break;
            default:
                break;
        }
    }

    private static void Event(StoredEvent e)
    {
        Times(e.TimeMs);
        if (e.Answer is { } answer)
        {
            Times(answer.TakenMs);
            Level(answer.Level);
            Consents(answer.Consents);
            Evidence(e.Weight, e.HalfLifeS);
        }

        Within(e.Weight, MostWeight, "weight");
        if (e.Topics.Count > 0)
        {
            HalfLife(e.HalfLifeS);
        }

        foreach (TopicWeight topic in e.Topics)
        {
            Within(topic.Weight, MostWeight, "weight");
        }

        Within(e.Value?.Amount ?? 0, double.MaxValue, "amount");
    }

    private static void Money(StoredMoney? money)
    {
        Times(money?.LastPurchaseMs ?? 0);
        foreach (Footprint.Grid.V1.Value spent in money?.Spent ?? [])
        {
            Within(spent.Amount, double.MaxValue, "amount");
        }
    }

    private static void Level(uint level)
    {
        if (level > Probes.EvidenceLevel.Count)
        {
            throw new CorruptRecordException($"A level of evidence of {level}.");
        }
    }

    private static void Evidence(double weight, double halfLifeS)
    {
        Within(weight, MostWeight, "weight");
        if (weight != 0)
        {
            HalfLife(halfLifeS);
        }
    }

    private static void Impressions(IEnumerable<StoredImpression> impressions)
    {
        foreach (StoredImpression shown in impressions)
        {
            Times(shown.TimeMs, shown.UntilMs);
        }
    }

    private static void Disclosure(StoredDisclosure row)
    {
        Times(row.FirstMs, row.LastMs);
        if (row.Day > LastMs / DisclosureLog.DayMs || row.Recipient.Length == 0 || row.Count == 0)
        {
            throw new CorruptRecordException($"A disclosure to '{row.Recipient}', {row.Count} times on day {row.Day}.");
        }
    }

    private static void Consents(IEnumerable<V1.Consent> consents)
    {
        foreach (V1.Consent consent in consents)
        {
            if (!IsTime(consent.Time) || !IsTime(consent.EndedUntil ?? consent.Time) || !IsTime(consent.StatedTime ?? consent.Time))
            {
                throw new CorruptRecordException($"A consent to {consent.Purpose} without a time of the calendar.");
            }
        }
    }

    private static bool IsTime(Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is { Seconds: >= FirstMs / 1000 and <= LastMs / 1000, Nanos: >= 0 and <= 999_999_999 };

    private static void Times(params ReadOnlySpan<long> times)
    {
        foreach (long ms in times)
        {
            if (ms is < FirstMs or > LastMs)
            {
                throw new CorruptRecordException($"A time of {ms} ms is in no calendar.");
            }
        }
    }

    private static void Trust(Interest.Types.Trust trust)
    {
        if (trust is < Interest.Types.Trust.Inferred or > Interest.Types.Trust.Declared)
        {
            throw new CorruptRecordException($"A trust of {(int)trust}.");
        }
    }

    private static void HalfLife(double seconds)
    {
        if (!(seconds is >= ShortestHalfLifeS and <= LongestHalfLifeS))
        {
            throw new CorruptRecordException($"A half-life of {seconds} s.");
        }
    }

    private static void Within(double number, double most, string what)
    {
        if (!(Math.Abs(number) <= most))
        {
            throw new CorruptRecordException($"A stored {what} of {number}.");
        }
    }
}
