using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Interests to stored bytes and back.</summary>
internal static class InterestCodec
{
    public static void Save(InterestTable table, StoredProfile to)
    {
        DecayColumns columns = table.Columns;
        to.ReferenceMs = columns.LandmarkMs;
        for (int c = 0; c < columns.Count; c++)
        {
            to.HalfLifeS.Add(columns.HalfLifeSeconds(c));
        }

        to.Interests.Capacity = table.Count;
        for (int i = 0; i < table.Count; i++)
        {
            ref InterestTable.Entry entry = ref table[i];
            var stored = new StoredInterest
            {
                Topic = entry.Topic,
                PassiveCount = entry.PassiveCount,
                ActiveCount = entry.ActiveCount,
                Trust = entry.Trust,
                TrustMs = entry.TrustMs,
                LastSeenMs = entry.LastSeenMs,
            };
            int used = columns.Count;
            while (used > 0 && table.Evidence(i, used - 1) == 0)
            {
                used--;
            }

            for (int c = 0; c < used; c++)
            {
                // Adding zero makes of a negative zero, left by evidence that decayed to nothing, a plain one.
                stored.Evidence.Add(table.Evidence(i, c) + 0.0);
            }

            to.Interests.Add(stored);
        }
    }

    public static void Load(StoredProfile from, InterestTable table)
    {
        if (from.HalfLifeS.Count > ProfileLimits.HalfLives || from.Interests.Count > ProfileLimits.Interests)
        {
            throw new CorruptRecordException($"{from.HalfLifeS.Count} half-lives and {from.Interests.Count} interests are more than a profile holds.");
        }

        table.Restore(from.ReferenceMs, from.HalfLifeS, from.Interests.Count);
        Span<double> evidence = stackalloc double[ProfileLimits.HalfLives];
        foreach (StoredInterest stored in from.Interests)
        {
            if (stored.Evidence.Count > from.HalfLifeS.Count)
            {
                throw new CorruptRecordException($"Interest {stored.Topic} has evidence for half-lives that the profile lacks.");
            }

            evidence.Clear();
            for (int c = 0; c < stored.Evidence.Count; c++)
            {
                evidence[c] = stored.Evidence[c];
            }

            table.Put(
                new InterestTable.Entry
                {
                    Topic = stored.Topic,
                    PassiveCount = (uint)stored.PassiveCount,
                    ActiveCount = (uint)stored.ActiveCount,
                    Trust = stored.Trust,
                    TrustMs = stored.TrustMs,
                    LastSeenMs = stored.LastSeenMs,
                },
                evidence[..stored.Evidence.Count]);
        }
    }
}
