namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// Item-based nearest neighbours (Sarwar et al. 2001): items are alike by the cosine of who had to do with them, a person is
/// shown what is most alike to all that they did. It sees the whole history at once, which a live system does not.
/// </summary>
internal static class ItemNeighboursBaseline
{
    public static HitCounter Judge(Trace trace)
    {
        var people = PeopleOf(trace);
        var counter = new HitCounter();
        var scores = new double[trace.Items.Count];
        var touched = new List<int>();
        var best = new TopList();
        for (var person = 0; person < trace.People.Count; person++)
        {
            var history = trace.History(person);
            foreach (var item in history)
            {
                foreach (var other in people[item])
                {
                    var theirs = trace.History(other);
                    foreach (var candidate in theirs)
                    {
                        if (scores[candidate] == 0)
                        {
                            touched.Add(candidate);
                        }

                        scores[candidate] += 1 / Math.Sqrt((double)people[item].Count * people[candidate].Count);
                    }
                }
            }

            best.Clear();
            foreach (var candidate in touched)
            {
                if (!history.Contains(candidate))
                {
                    best.Offer(candidate, scores[candidate]);
                }

                scores[candidate] = 0;
            }

            touched.Clear();
            counter.Add(best.Items, trace.HeldOut(person));
        }

        return counter;
    }

    private static List<int>[] PeopleOf(Trace trace)
    {
        var people = new List<int>[trace.Items.Count];
        for (var item = 0; item < people.Length; item++)
        {
            people[item] = [];
        }

        for (var person = 0; person < trace.People.Count; person++)
        {
            foreach (var item in trace.History(person))
            {
                if (people[item].Count == 0 || people[item][^1] != person)
                {
                    people[item].Add(person);
                }
            }
        }

        return people;
    }
}
