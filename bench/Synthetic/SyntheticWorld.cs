using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Synthetic;

/// <summary>
/// Traffic of which the truth is known. Every item has one main topic; every visitor has three interests that nobody is
/// told of. An act is, nine times of ten, at an item of one of them, else at whatever is popular; within a topic and over
/// all, what is popular follows a Zipf law. Nobody acts on an item twice.
/// </summary>
internal sealed class SyntheticWorld
{
    private const double ByInterest = 0.9;
    private const string EventType = "purchase";
    private static readonly double[] _shares = [0.6, 0.3, 0.1];

    private readonly SyntheticSize _size;
    private readonly int[][] _byTopic;
    private readonly int[][] _interests;
    private readonly ZipfSampler _popular;
    private readonly ZipfSampler[] _withinTopic;

    public SyntheticWorld(SyntheticSize size, ulong seed)
    {
        _size = size;
        var random = new SplitMix(seed);
        var topicPopularity = new ZipfSampler(size.Topics, 0.5);
        var topicOf = new int[size.Items];
        for (var item = 0; item < size.Items; item++)
        {
            // Each topic has at least one item.
            topicOf[item] = item < size.Topics ? item : random.Next(size.Topics);
        }

        _byTopic = [.. Enumerable.Range(0, size.Topics).Select(topic => Enumerable.Range(0, size.Items).Where(item => topicOf[item] == topic).ToArray())];
        _popular = new ZipfSampler(size.Items, 0.9);
        _withinTopic = [.. _byTopic.Select(items => new ZipfSampler(items.Length, 0.9))];
        _interests = new int[size.Visitors][];
        var people = new int[size.Visitors][];
        for (var visitor = 0; visitor < size.Visitors; visitor++)
        {
            var own = SplitMix.For(seed + 1, (ulong)visitor);
            _interests[visitor] = Interests(topicPopularity, ref own);
            people[visitor] = Acts(visitor, ref own);
        }

        Trace = new Trace("synthetic", [.. topicOf.Select((topic, item) => Item(item, topic))], people, EventType);
    }

    public Trace Trace { get; }

    /// <summary>The hits of whoever knows each visitor's interests and every item's odds: no system can expect more.</summary>
    public HitCounter JudgeTruth()
    {
        var popular = Odds(_size.Items, 0.9);
        var within = _byTopic.Select(items => Odds(items.Length, 0.9)).ToArray();
        var counter = new HitCounter();
        var scores = new double[_size.Items];
        var best = new TopList();
        for (var visitor = 0; visitor < _size.Visitors; visitor++)
        {
            for (var item = 0; item < scores.Length; item++)
            {
                scores[item] = (1 - ByInterest) * popular[item];
            }

            for (var i = 0; i < _shares.Length; i++)
            {
                var topic = _interests[visitor][i];
                for (var place = 0; place < _byTopic[topic].Length; place++)
                {
                    scores[_byTopic[topic][place]] += ByInterest * _shares[i] * within[topic][place];
                }
            }

            foreach (var item in Trace.History(visitor))
            {
                scores[item] = -1;
            }

            best.Clear();
            for (var item = 0; item < scores.Length; item++)
            {
                best.Offer(item, scores[item]);
            }

            counter.Add(best.Items, Trace.HeldOut(visitor));
        }

        return counter;
    }

    private static double[] Odds(int count, double exponent)
    {
        var odds = Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -exponent)).ToArray();
        var sum = odds.Sum();
        return [.. odds.Select(odd => odd / sum)];
    }

    private static int[] Interests(ZipfSampler topics, ref SplitMix random)
    {
        var interests = new int[_shares.Length];
        for (var i = 0; i < interests.Length; i++)
        {
            do
            {
                interests[i] = topics.Next(ref random);
            }
            while (interests.AsSpan(0, i).Contains(interests[i]));
        }

        return interests;
    }

    private static Item Item(int number, int topic)
    {
        var item = new Item { ItemId = $"item-{number}" };
        item.Topics.Add(new TopicWeight { Topic = $"topic-{topic}", Weight = 1 });
        return item;
    }

    private int[] Acts(int visitor, ref SplitMix random)
    {
        var acts = new int[_size.ActsAtLeast + random.Next(_size.ActsAtMost - _size.ActsAtLeast + 1)];
        for (var i = 0; i < acts.Length; i++)
        {
            do
            {
                acts[i] = Draw(visitor, ref random);
            }
            while (acts.AsSpan(0, i).Contains(acts[i]));
        }

        return acts;
    }

    private int Draw(int visitor, ref SplitMix random)
    {
        if (random.NextDouble() >= ByInterest)
        {
            return _popular.Next(ref random);
        }

        var share = random.NextDouble();
        var which = share < _shares[0] ? 0 : share < _shares[0] + _shares[1] ? 1 : 2;
        var topic = _interests[visitor][which];
        return _byTopic[topic][_withinTopic[topic].Next(ref random)];
    }
}
