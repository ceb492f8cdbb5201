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
            InterestTable.Seen whole = table.Whole(i);
            var stored = new StoredInterest
            {
                Topic = entry.Topic,
                PassiveCount = whole.PassiveCount,
                ActiveCount = whole.ActiveCount,
                Trust = entry.Trust,
                TrustMs = entry.TrustMs,
                LastSeenMs = whole.LastMs,
                Imported = whole.IsImported,
                Source = whole.Source,
                Channel = whole.Channel,
                RejectedMs = entry.IsLifted ? entry.RejectedMs : 0,
                ConfirmedMs = entry.ConfirmedMs != entry.TrustMs ? entry.ConfirmedMs : 0,
            };
            SaveSeen(table, i, stored);
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

    /// <summary>Changes stored interests, and with them the steps of their trust.</summary>
    public static void Change(StoredProfile stored, Action<InterestTable> change)
    {
        var history = new TrustHistory();
        history.Load(stored.TrustHistory);
        var table = new InterestTable(history);
        Load(stored, table, new SharedStrings());
        change(table);
        stored.HalfLifeS.Clear();
        stored.ColumnReferenceMs.Clear();
        stored.ColumnCategories.Clear();
        stored.Interests.Clear();
        Save(table, stored);
        stored.TrustHistory.Clear();
        history.Save(stored.TrustHistory);
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

        var keys = new DecayColumns.ColumnKey[from.HalfLifeS.Count];
        for (int c = 0; c < keys.Length; c++)
        {
            keys[c] = DecayColumns.ColumnKey.Of(from.HalfLifeS[c], isOfOld ? (uint)DataCategories.Evidence : from.ColumnCategories[c], from.ColumnCategories);
        }

        (int Place, double Factor)[] columns = table.Columns.Load(keys, isOfOld ? [.. Enumerable.Repeat(from.ReferenceMs, keys.Length)] : from.ColumnReferenceMs);
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
                evidence[columns[c].Place] += stored.Evidence[c] * columns[c].Factor;
            }

            int at = table.Put(
                new InterestTable.Entry
                {
                    Topic = stored.Topic,
                    Trust = stored.Trust,
                    TrustMs = stored.TrustMs,
                    ConfirmedMs = stored.Trust != Trust.Confirmed ? 0 : stored.ConfirmedMs != 0 ? stored.ConfirmedMs : stored.TrustMs,
                    RejectedMs = stored.Trust == Trust.Rejected ? stored.TrustMs : stored.RejectedMs,
                },
                evidence[..table.Columns.Count]);
            LoadSeen(stored, table, at, strings);
        }
    }

    // A row for each set of categories only where there is more than one: most interests have evidence of one.
    private static void SaveSeen(InterestTable table, int i, StoredInterest to)
    {
        for (int k = 0; k < table.Kinds.Length; k++)
        {
            ref readonly InterestTable.Seen seen = ref table.SeenBy(i, k);
            if (seen.IsThere)
            {
                to.Seen.Add(new StoredInterestSeen
                {
                    Categories = (uint)table.Kinds[k],
                    LastSeenMs = seen.LastMs,
                    PassiveCount = seen.PassiveCount,
                    ActiveCount = seen.ActiveCount,
                    Imported = seen.IsImported,
                    Source = seen.Source,
                    Channel = seen.Channel,
                });
            }
        }

        if (to.Seen.Count == 1)
        {
            to.Categories = to.Seen[0].Categories;
            to.Seen.Clear();
        }
    }

    private static void LoadSeen(StoredInterest stored, InterestTable table, int at, SharedStrings strings)
    {
        foreach (StoredInterestSeen seen in stored.Seen)
        {
            table.See(at, (DataCategories)seen.Categories, new InterestTable.Seen
            {
                LastMs = seen.LastSeenMs,
                PassiveCount = (uint)seen.PassiveCount,
                ActiveCount = (uint)seen.ActiveCount,
                Source = strings.Share(seen.Source),
                Channel = seen.Channel,
                IsImported = seen.Imported,
            });
        }

        // A rejected interest has no evidence, and a version that did not tell the categories apart kept counts of it all the same.
        DataCategories known = stored.Categories != 0 ? (DataCategories)stored.Categories : table.CategoriesOf(at);
        if (stored.Seen.Count == 0 && stored.Trust != Trust.Rejected && known != DataCategories.None)
        {
            table.See(at, known, new InterestTable.Seen
            {
                LastMs = stored.LastSeenMs,
                PassiveCount = (uint)stored.PassiveCount,
                ActiveCount = (uint)stored.ActiveCount,
                Source = strings.Share(stored.Source),
                Channel = stored.Channel,
                IsImported = stored.Imported,
            });
            table.SeeBySet(at, known, stored.LastSeenMs);
        }
    }
}
