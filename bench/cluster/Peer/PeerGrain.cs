using System.Runtime.InteropServices;
using Footprint.Grid.Bench.Servers;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>
/// What the Orleans docs lead to: a grain per client with <see cref="IPersistentState{TState}"/> on the stock Redis provider
/// with its default JSON, written on every event. Scoring is as fast as that of the node bench's peer, on arrays that the
/// grain keeps beside its state.
/// </summary>
internal sealed class PeerGrain(
    [PersistentState("profile")] IPersistentState<PeerState> profile, PeerCatalog catalog) : Grain, IPeerGrain
{
    private readonly float[] _affinity = new float[SpeedWorld.Topics];
    private readonly HashSet<int> _passOver = [];
    private readonly List<int> _recent = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var (topic, affinity) in profile.State.Affinity)
        {
            _affinity[PeerCatalog.Number(topic)] = (float)affinity;
        }

        _recent.AddRange(profile.State.Recent.Select(PeerCatalog.Number));
        return Task.CompletedTask;
    }

    public async Task RecordAsync(List<PeerEvent> events, bool each)
    {
        foreach (var one in events)
        {
            Apply(one);
            if (each)
            {
                await profile.WriteStateAsync();
            }
        }

        if (!each)
        {
            await profile.WriteStateAsync();
        }
    }

    public Task<List<PeerPick>> PickAsync(int count)
    {
        Span<int> best = stackalloc int[count];
        Span<float> scores = stackalloc float[count];
        Span<int> strongest = stackalloc int[PeerScorer.StrongestTopics];
        var found = catalog.Scorer.Score(
            _affinity, strongest[..Strongest(strongest)], CollectionsMarshal.AsSpan(_recent), _passOver, best, scores);
        var picks = new List<PeerPick>(found);
        for (var i = 0; i < found; i++)
        {
            picks.Add(new PeerPick(catalog.ItemIds[best[i]], scores[i]));
        }

        return Task.FromResult(picks);
    }

    public Task NoopAsync() => Task.CompletedTask;

    private void Apply(PeerEvent one)
    {
        var state = profile.State;
        foreach (var (topic, weight) in one.Topics)
        {
            Add(topic, weight);
        }

        if (one.ItemId.Length > 0)
        {
            Span<int> topics = stackalloc int[SpeedWorld.TopicsOfItem];
            catalog.TopicsOf(one.ItemId, topics);
            for (var i = 0; i < topics.Length; i++)
            {
                Add(catalog.TopicNames[topics[i]], SpeedWorld.Weight(i));
            }

            if (!state.Recent.Contains(one.ItemId))
            {
                state.Recent.Add(one.ItemId);
                _recent.Add(PeerCatalog.Number(one.ItemId));
                if (state.Recent.Count > PeerState.RecentItems)
                {
                    state.Recent.RemoveAt(0);
                    _recent.RemoveAt(0);
                }
            }
        }

        state.Counters[one.Type] = state.Counters.GetValueOrDefault(one.Type) + 1;
        state.LastSeen = one.Time;
    }

    private void Add(string topic, double weight)
    {
        var affinity = profile.State.Affinity.GetValueOrDefault(topic) + weight;
        profile.State.Affinity[topic] = affinity;
        _affinity[PeerCatalog.Number(topic)] = (float)affinity;
    }

    /// <summary>The strongest topics, best first; gives how many there are.</summary>
    private int Strongest(Span<int> strongest)
    {
        var count = 0;
        for (var topic = 0; topic < _affinity.Length; topic++)
        {
            if (_affinity[topic] <= 0 || (count == strongest.Length && _affinity[topic] <= _affinity[strongest[count - 1]]))
            {
                continue;
            }

            var place = count < strongest.Length ? count++ : count - 1;
            for (; place > 0 && _affinity[strongest[place - 1]] < _affinity[topic]; place--)
            {
                strongest[place] = strongest[place - 1];
            }

            strongest[place] = topic;
        }

        return count;
    }
}
