using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// A placement's quotas and caps for one decision. An item is about every topic that it names. Caps count what the client was
/// shown in this placement within their window, as far as that may be read, and the picks of this very answer as they are made.
/// One that cannot be counted is taken as reached.
/// </summary>
internal sealed class TopicLimits
{
    private readonly List<TopicLimit> _limits = [];
    private readonly List<TopicLimit> _spare = [];
    private readonly List<TopicLimit> _named = [];
    private readonly Dictionary<int, int> _shown = [];
    private readonly HashSet<int> _capped = [];

    /// <summary>Whether nothing at all may be shown.</summary>
    public bool IsClosed { get; private set; }

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
        IsClosed = false;
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
            if (Add(query.Catalog, rules.TopicCaps[i].Topic, cap.Count, null) is not { } limit)
            {
                continue;
            }

            if (IsUncountable(query, cap))
            {
                limit.Close();
            }
            else if (shown is not null)
            {
                Count(shown, query, cap, limit);
            }
        }

        for (int i = 0; i < rules.ItemCaps.Count; i++)
        {
            if (IsUncountable(query, rules.ItemCaps[i]))
            {
                IsClosed = true;
            }
            else if (shown is not null)
            {
                Count(shown, query, rules.ItemCaps[i]);
            }
        }
    }

    private static bool IsUncountable(in ContentQuery query, FrequencyCap cap) =>
        query.IsUncounted || query.Counted?.IsUnknownSince(After(query, cap)) == true;

    private static long After(in ContentQuery query, FrequencyCap cap) => query.NowMs - CampaignRules.CeilingMs(cap.Window);

    public bool Admits(CatalogItem item)
    {
        if (IsClosed)
        {
            return false;
        }

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
        limit.Begin(catalog.Topics, topic.Length > 0 ? number : null, most, unless);
        _limits.Add(limit);
        return limit;
    }

    private void Count(ImpressionLog log, in ContentQuery query, FrequencyCap cap)
    {
        _shown.Clear();
        long after = After(query, cap);
        for (int i = log.Count - 1; i >= 0 && log[i].TimeMs > after; i--)
        {
            int slot = IsOfThisPlacement(log[i], query) ? query.Catalog.Ids.Find(log[i].Key) : -1;
            if (slot >= 0 && (_shown[slot] = _shown.GetValueOrDefault(slot) + 1) >= cap.Count)
            {
                _capped.Add(slot);
            }
        }
    }

    private static void Count(ImpressionLog log, in ContentQuery query, FrequencyCap cap, TopicLimit limit)
    {
        long after = After(query, cap);
        for (int i = log.Count - 1; i >= 0 && log[i].TimeMs > after; i--)
        {
            ref ImpressionLog.Entry shown = ref log[i];
            if (!IsOfThisPlacement(shown, query))
            {
                continue;
            }

            if (shown.Topics is { } topics)
            {
                foreach (uint topic in topics)
                {
                    limit.Count(topic);
                }
            }
            else if (query.Catalog.Ids.Find(shown.Key) is >= 0 and var slot && query.Catalog.Items[slot] is { } item)
            {
                // Shown before the placement had such caps: by the topics that the item has now.
                foreach (ItemTopic topic in item.Topics)
                {
                    limit.Count(TopicLimit.Hash(query.Catalog.Topics.Name(topic.Topic)));
                }
            }
        }
    }

    private static bool IsOfThisPlacement(in ImpressionLog.Entry shown, in ContentQuery query) =>
        shown.Kind == StoredImpression.Types.Kind.Item && shown.Placement == query.Request.Placement;
}
