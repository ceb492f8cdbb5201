using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Bench.Servers;

/// <summary>
/// What a careful user would write to score a catalog in process: for the ten strongest topics of the profile the hundred
/// items that are most about each, every such item scored by all its topics, the best ten kept.
/// </summary>
internal sealed class PeerScorer
{
    public const int StrongestTopics = 10;
    private const int ItemsOfTopic = 100;
    private readonly int[][] _byTopic;
    private readonly short[] _topics;
    private readonly float[] _weights = new float[SpeedWorld.TopicsOfItem];

    public PeerScorer(int items)
    {
        var world = new SpeedWorld(items, 1);
        _topics = new short[items * SpeedWorld.TopicsOfItem];
        var lists = new List<(int Item, int Place)>[SpeedWorld.Topics];
        Span<int> topics = stackalloc int[SpeedWorld.TopicsOfItem];
        for (var item = 0; item < items; item++)
        {
            world.TopicsOf(item, topics);
            for (var place = 0; place < topics.Length; place++)
            {
                _topics[(item * SpeedWorld.TopicsOfItem) + place] = (short)topics[place];
                (lists[topics[place]] ??= []).Add((item, place));
            }
        }

        _byTopic = [.. lists.Select(list => (list ?? []).OrderBy(entry => entry.Place).Take(ItemsOfTopic).Select(entry => entry.Item).ToArray())];
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = (float)SpeedWorld.Weight(i);
        }
    }

    /// <summary>Puts the best items, best first, into <paramref name="best"/>.</summary>
    /// <param name="affinity">By topic number.</param>
    /// <param name="strongest">Topics with an affinity, strongest first.</param>
    /// <param name="recent">Items that are not wanted.</param>
    /// <param name="passOver">To work with.</param>
    /// <returns>How many there are.</returns>
    public int Score(ReadOnlySpan<float> affinity, ReadOnlySpan<int> strongest, ReadOnlySpan<int> recent, HashSet<int> passOver, Span<int> best, Span<float> scores)
    {
        passOver.Clear();
        foreach (var item in recent)
        {
            passOver.Add(item);
        }

        var count = 0;
        for (var t = 0; t < Math.Min(StrongestTopics, strongest.Length); t++)
        {
            foreach (var item in _byTopic[strongest[t]])
            {
                var score = ScoreOf(affinity, item);
                if ((count == best.Length && score <= scores[count - 1]) || !passOver.Add(item))
                {
                    continue;
                }

                Insert(item, score, best, scores, ref count);
            }
        }

        return count;
    }

    private float ScoreOf(ReadOnlySpan<float> affinity, int item)
    {
        var score = 0f;
        for (var i = 0; i < SpeedWorld.TopicsOfItem; i++)
        {
            score += _weights[i] * affinity[_topics[(item * SpeedWorld.TopicsOfItem) + i]];
        }

        return score;
    }

    private static void Insert(int item, float score, Span<int> best, Span<float> scores, ref int count)
    {
        var place = count < best.Length ? count++ : count - 1;
        for (; place > 0 && scores[place - 1] < score; place--)
        {
            scores[place] = scores[place - 1];
            best[place] = best[place - 1];
        }

        scores[place] = score;
        best[place] = item;
    }
}
