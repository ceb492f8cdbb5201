using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Hashing;

namespace Footprint.Grid.Core.Decisions;

/// <summary>How many items about a topic, or about each topic, there may still be.</summary>
internal sealed class TopicLimit
{
    private const int Each = -1;
    private readonly Dictionary<int, int> _used = [];
    private readonly Dictionary<uint, int> _before = [];
    private NameTable? _names;
    private uint _hash;
    private List<TopicLimit>? _unless;
    private int _topic;
    private int _most;

    /// <summary>What a topic is known by in what was shown, whatever became of it and of the items about it since.</summary>
    public static uint Hash(string topic) => (uint)XxHash64.Hash(topic);

    /// <param name="names">Of the topics.</param>
    /// <param name="topic">Its number; null for each topic.</param>
    /// <param name="most">Items about it.</param>
    /// <param name="unless">Topics that have one of these limits are not its business.</param>
    public void Begin(NameTable names, int? topic, int most, List<TopicLimit>? unless)
    {
        (_names, _topic, _most, _unless) = (names, topic ?? Each, most, unless);
        _hash = topic is { } number ? Hash(names.Name(number)) : 0;
        _used.Clear();
        _before.Clear();
    }

    /// <summary>None any more.</summary>
    public void Close() => _most = 0;

    /// <summary>Counts what was shown before about a topic, by its hash; before anything is asked or taken.</summary>
    public void Count(uint topic)
    {
        if (_topic == Each || topic == _hash)
        {
            _before[topic] = _before.GetValueOrDefault(topic) + 1;
        }
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

    public bool AdmitsTopic(int topic) => !Concerns(topic) || Used(topic) < _most;

    public void Take(CatalogItem item)
    {
        foreach (ItemTopic topic in item.Topics)
        {
            if (Concerns(topic.Topic))
            {
                _used[topic.Topic] = Used(topic.Topic) + 1;
            }
        }
    }

    private int Used(int topic)
    {
        if (!_used.TryGetValue(topic, out int used) && _before.Count > 0)
        {
            _used[topic] = used = _before.GetValueOrDefault(topic == _topic ? _hash : Hash(_names!.Name(topic)));
        }

        return used;
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
