using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Interests to stored bytes and back.</summary>
internal static class InterestCodec
{
    public static void Save(InterestTable table, StoredProfile to)
    {
        DecayColumns columns = table.Columns;
        for (int c = 0; c < columns.Count; c++)
        {
            to.HalfLifeS.Add(columns.HalfLifeSeconds(c));
            to.ColumnReferenceMs.Add(columns.LandmarkMs(c));
            to.ColumnCategories.Add(columns.Key(c).Stored);
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
                Imported = entry.IsImported,
                Source = entry.Source,
                Channel = entry.Channel,
                RejectedMs = entry.IsLifted ? entry.RejectedMs : 0,
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

    public static void Load(StoredProfile from, InterestTable table, SharedStrings strings)
    {
        if (from.HalfLifeS.Count > ProfileLimits.Columns || from.Interests.Count > ProfileLimits.Interests)
        {
            throw new CorruptRecordException($"{from.HalfLifeS.Count} half-lives and {from.Interests.Count} interests are more than a profile holds.");
        }

        bool isOfOld = from.ColumnReferenceMs.Count == 0;
        if (!isOfOld && (from.ColumnReferenceMs.Count != from.HalfLifeS.Count || from.ColumnCategories.Count != from.HalfLifeS.Count))
        {
            throw new CorruptRecordException("The columns of evidence are not described one by one.");
        }

        for (int c = 0; c < from.HalfLifeS.Count; c++)
        {
            table.Columns.Append(
                DecayColumns.ColumnKey.Of(from.HalfLifeS[c], isOfOld ? (uint)DataCategories.Evidence : from.ColumnCategories[c]),
                isOfOld ? from.ReferenceMs : from.ColumnReferenceMs[c]);
        }

        table.Restore(from.Interests.Count);
        Span<double> evidence = stackalloc double[ProfileLimits.Columns];
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
                    Source = strings.Share(stored.Source),
                    Channel = stored.Channel,
                    IsImported = stored.Imported,
                    RejectedMs = stored.Trust == Trust.Rejected ? stored.TrustMs : stored.RejectedMs,
                },
                evidence[..stored.Evidence.Count]);
        }
    }
}
