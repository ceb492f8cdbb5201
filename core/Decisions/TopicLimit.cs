using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Decisions;

/// <summary>How many items about a topic, or about each topic, there may still be.</summary>
internal sealed class TopicLimit
{
    private const int Each = -1;
    private readonly Dictionary<int, int> _used = [];
    private List<TopicLimit>? _unless;
    private int _topic;
    private int _most;

    /// <param name="topic">Its number; null for each topic.</param>
    /// <param name="most">Items about it.</param>
    /// <param name="unless">Topics that have one of these limits are not its business.</param>
    public void Begin(int? topic, int most, List<TopicLimit>? unless)
    {
        (_topic, _most, _unless) = (topic ?? Each, most, unless);
        _used.Clear();
    }

    public bool Admits(CatalogItem item)
    {
        foreach (ItemTopic topic in item.Topics)
        {
            if (!AdmitsTopic(topic.Topic))
            {
                return false;
            }
        }

        return true;
    }

    public bool AdmitsTopic(int topic) => !Concerns(topic) || _used.GetValueOrDefault(topic) < _most;

    public void Take(CatalogItem item)
    {
        foreach (ItemTopic topic in item.Topics)
        {
            if (Concerns(topic.Topic))
            {
                _used[topic.Topic] = _used.GetValueOrDefault(topic.Topic) + 1;
            }
        }
    }

    private bool Concerns(int topic)
    {
        if (_topic != Each)
        {
            return topic == _topic;
        }

        for (int i = 0; _unless is not null && i < _unless.Count; i++)
        {
            if (_unless[i]._topic == topic)
            {
                return false;
            }
        }

        return true;
    }
}
