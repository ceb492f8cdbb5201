using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// A placement's quotas and caps for one decision. An item is about every topic that it names. Caps count what the client was
/// shown in this placement within their window, as far as that may be read, and the picks of this very answer as they are made.
/// </summary>
internal sealed class TopicLimits
{
    private readonly List<TopicLimit> _limits = [];
    private readonly List<TopicLimit> _spare = [];
    private readonly List<TopicLimit> _named = [];
    private readonly Dictionary<int, int> _shown = [];
    private readonly HashSet<int> _capped = [];

    /// <summary>Items that the client was shown as often as it may be.</summary>
    public int Capped => _capped.Count;

    /// <summary>Keeps those out.</summary>
    public void Exclude(CandidateSet candidates)
    {
        foreach (int slot in _capped)
        {
            candidates.Exclude(slot);
        }
    }

    public void Begin(Placement rules, in ContentQuery query)
    {
        _spare.AddRange(_limits);
        _limits.Clear();
        _named.Clear();
        _capped.Clear();
        for (int i = 0; i < rules.TopicQuotas.Count; i++)
        {
            Placement.Types.TopicQuota quota = rules.TopicQuotas[i];
            bool isNamed = quota.Topic.Length > 0;
            TopicLimit? limit = Add(query.Catalog, quota.Topic, quota.Most, isNamed ? null : _named);
            if (limit is not null && isNamed)
            {
                _named.Add(limit);
            }
        }

        ImpressionLog? shown = query.Counted;
        for (int i = 0; i < rules.TopicCaps.Count; i++)
        {
            FrequencyCap cap = rules.TopicCaps[i].Cap;
            if (Add(query.Catalog, rules.TopicCaps[i].Topic, cap.Count, null) is { } limit && shown is not null)
            {
                Count(shown, query, cap, limit);
            }
        }

        for (int i = 0; i < rules.ItemCaps.Count && shown is not null; i++)
        {
            Count(shown, query, rules.ItemCaps[i], null);
        }
    }

    public bool Admits(CatalogItem item)
    {
        foreach (TopicLimit limit in _limits)
        {
            if (!limit.Admits(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether there may be another item about a topic.</summary>
    public bool AdmitsTopic(int topic)
    {
        foreach (TopicLimit limit in _limits)
        {
            if (!limit.AdmitsTopic(topic))
            {
                return false;
            }
        }

        return true;
    }

    public void Take(CatalogItem item)
    {
        foreach (TopicLimit limit in _limits)
        {
            limit.Take(item);
        }
    }

    // Null for a topic that no item has.
    private TopicLimit? Add(CatalogSnapshot catalog, string topic, int most, List<TopicLimit>? unless)
    {
        int number = topic.Length > 0 ? catalog.Topics.Find(topic) : 0;
        if (number < 0)
        {
            return null;
        }

        TopicLimit limit = _spare.Count > 0 ? _spare[^1] : new TopicLimit();
        _spare.Remove(limit);
        limit.Begin(topic.Length > 0 ? number : null, most, unless);
        _limits.Add(limit);
        return limit;
    }

    // For a limit by topic, or without one for items themselves.
    private void Count(ImpressionLog log, in ContentQuery query, FrequencyCap cap, TopicLimit? limit)
    {
        _shown.Clear();
        long after = query.NowMs - CampaignRules.CeilingMs(cap.Window);
        for (int i = log.Count - 1; i >= 0 && log[i].TimeMs > after; i--)
        {
            ref ImpressionLog.Entry shown = ref log[i];
            int slot = shown.Kind == StoredImpression.Types.Kind.Item && shown.Placement == query.Request.Placement
                ? query.Catalog.Ids.Find(shown.Key) : -1;
            if (slot < 0)
            {
                continue;
            }

            if (limit is not null)
            {
                if (query.Catalog.Items[slot] is { } item)
                {
                    limit.Take(item);
                }
            }
            else if ((_shown[slot] = _shown.GetValueOrDefault(slot) + 1) >= cap.Count)
            {
                _capped.Add(slot);
            }
        }
    }
}
