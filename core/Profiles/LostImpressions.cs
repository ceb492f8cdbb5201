using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// When the last impressions were that went while a cap could count them, or could if its window were made longer, by whose
/// they were: what one recipient showed too much of makes no other's caps reached.
/// </summary>
internal sealed class LostImpressions
{
    // Null mostly.
    private SortedDictionary<string, long>? _byRecipient;

    /// <summary>The last of those that are not known to be somebody's, and so may be anybody's; 0 when there were none.</summary>
    public long OfAnybody { get; private set; }

    /// <summary>The last of all.</summary>
    public long LastMs => Math.Max(OfAnybody, _byRecipient?.Values.Max() ?? 0);

    /// <summary>The last that may have been that recipient's; 0 when there were none.</summary>
    public long Of(string recipient) =>
        _byRecipient is not null && _byRecipient.TryGetValue(recipient, out long ms) ? Math.Max(ms, OfAnybody) : OfAnybody;

    /// <summary>Takes one down; an empty recipient for anybody. Past the bound it is taken for anybody's, which is stricter.</summary>
    public void Add(string recipient, long timeMs)
    {
        _byRecipient ??= recipient.Length > 0 ? new(StringComparer.Ordinal) : null;
        if (recipient.Length == 0 || (_byRecipient!.Count >= ProfileLimits.Recipients && !_byRecipient.ContainsKey(recipient)))
        {
            OfAnybody = Math.Max(OfAnybody, timeMs);
        }
        else
        {
            _byRecipient[recipient] = Math.Max(_byRecipient.GetValueOrDefault(recipient), timeMs);
        }
    }

    public void Merge(LostImpressions other)
    {
        Add("", other.OfAnybody);
        foreach ((string recipient, long ms) in other._byRecipient ?? [])
        {
            Add(recipient, ms);
        }
    }

    public void Save(StoredProfile stored)
    {
        stored.AdImpressionsLostMs = OfAnybody;
        stored.AdImpressionsLost.Clear();
        foreach ((string recipient, long ms) in _byRecipient ?? [])
        {
            stored.AdImpressionsLost.Add(new StoredLostImpressions { Recipient = recipient, TimeMs = ms });
        }
    }

    /// <summary>Null when nothing was lost.</summary>
    public static LostImpressions? Load(long ofAnybodyMs, IEnumerable<StoredLostImpressions> byRecipient)
    {
        var all = new LostImpressions();
        all.Add("", ofAnybodyMs);
        foreach (StoredLostImpressions lost in byRecipient)
        {
            all.Add(lost.Recipient, lost.TimeMs);
        }

        return all.LastMs == 0 ? null : all;
    }
}
