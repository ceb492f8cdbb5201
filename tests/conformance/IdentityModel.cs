using System.Text;

namespace Footprint.Grid.Conformance;

/// <summary>
/// Who has which facts after any sequence of events, links, unlinkings and erasures: a set of facts for each client and for
/// each id that leads to nobody, and who each id leads to; a client itself may be linked as if it were an anonymous id, which it
/// is for as long as nothing was linked to it. A late event is older than anything else that ever happened.
/// </summary>
internal sealed class IdentityModel
{
    private readonly Random _random;
    private readonly StringBuilder _told = new();
    private readonly string[] _clients;
    private readonly string[] _ids;
    private readonly Dictionary<string, SortedSet<string>> _facts = [];
    private readonly Dictionary<string, string> _owner = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _closed = [];
    private readonly HashSet<(string Client, string Id)> _closedFor = [];
    private readonly HashSet<(string Client, string Id)> _givenUp = [];
    private readonly string _name;
    private int _events;

    public IdentityModel(int seed)
    {
        _random = new Random(seed);
        _name = $"s{seed}";
        _clients = [.. "ABC".Select(c => $"{_name}-{c}")];
        _ids = [.. "xyz".Select(c => $"{_name}-{c}")];
        foreach (string one in _clients.Concat(_ids))
        {
            _facts[one] = new SortedSet<string>(StringComparer.Ordinal);
        }
    }

    public enum Act
    {
        Event,
        LateEvent,
        Link,
        LinkAgain,
        Unlink,
        SignOut,
        Erase,
    }

    /// <summary>All that was done, a line each.</summary>
    public string Told => _told.ToString();

    public IEnumerable<string> All => _clients.Concat(_ids);

    public IEnumerable<string> FactsOf(string one) => _facts[_owner.GetValueOrDefault(one, one)];

    public (Act Act, string Client, string Id) Next()
    {
        int roll = _random.Next(100);
        Act act = roll < 35 ? Act.Event : roll < 50 ? Act.LateEvent : roll < 72 ? Act.Link : roll < 78 ? Act.LinkAgain
            : roll < 87 ? Act.Unlink : roll < 95 ? Act.SignOut : Act.Erase;
        string client = _clients[_random.Next(_clients.Length)];
        string id = _random.Next(4) > 0 ? _ids[_random.Next(_ids.Length)]
            : act <= Act.LateEvent ? client
            : act < Act.Erase ? _clients.Where(c => c != client).ElementAt(_random.Next(_clients.Length - 1))
            : client;
        _told.AppendLine($"{act} {client} {id}");
        return (act, client, id);
    }

    public (string Topic, bool IsKept) Record(string id, bool isLate)
    {
        string topic = $"{_name}-{_events++:D3}";
        string owner = _owner.GetValueOrDefault(id, id);
        bool isKept = !isLate || !(_closed.Contains(owner) || _closedFor.Contains((owner, id)));
        if (isKept)
        {
            _facts[owner].Add(topic);
        }

        return (topic, isKept);
    }

    /// <summary>Whether the id's facts came along and whether it was another's; null when the link is refused.</summary>
    public (bool Merged, bool HandedOver)? Link(string client, string id, bool again)
    {
        string? owner = _owner.GetValueOrDefault(id);
        if (owner == client)
        {
            return (false, false);
        }

        if (_owner.ContainsKey(client) || _known.Contains(id) || (!again && _givenUp.Contains((client, id))))
        {
            return null;
        }

        _known.Add(client);

        _givenUp.Remove((client, id));
        _closedFor.Remove((client, id));
        if (owner is not null || _closed.Contains(id))
        {
            _closedFor.Add((client, id));
        }

        _owner[id] = client;
        _facts[client].UnionWith(_facts[id]);
        _facts[id].Clear();
        return (owner is null, owner is not null);
    }

    /// <summary>Whether the id led to the client; null when that is a part of another one itself.</summary>
    public bool? Unlink(string client, string id, bool signOut)
    {
        if (_owner.ContainsKey(client))
        {
            return null;
        }

        bool leads = _owner.GetValueOrDefault(id) == client;
        if (leads)
        {
            Part(id);
        }

        if (!signOut)
        {
            _givenUp.Add((client, id));
            _known.Add(client);
        }

        return leads;
    }

    /// <summary>The client that the one named leads to, and all that lead to it.</summary>
    public void Erase(string named)
    {
        string client = _owner.GetValueOrDefault(named, named);
        foreach (string id in All.Where(id => _owner.GetValueOrDefault(id) == client))
        {
            Part(id);
        }

        _facts[client].Clear();
        _known.Remove(client);
        _closed.Add(client);
        _closedFor.RemoveWhere(pair => pair.Client == client);
        _givenUp.RemoveWhere(pair => pair.Client == client);
    }

    private void Part(string id)
    {
        _owner.Remove(id);
        _closed.Add(id);
    }
}
