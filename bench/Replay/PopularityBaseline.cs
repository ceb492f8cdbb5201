namespace Footprint.Grid.Bench.Replay;

/// <summary>The same for everybody: the items with the most acts, those that the person had already left out.</summary>
internal static class PopularityBaseline
{
    public static HitCounter Judge(Trace trace)
    {
        var acts = new int[trace.Items.Count];
        for (var person = 0; person < trace.People.Count; person++)
        {
            foreach (var item in trace.History(person))
            {
                acts[item]++;
            }
        }

        var order = Enumerable.Range(0, acts.Length).OrderByDescending(item => acts[item]).ToArray();
        var counter = new HitCounter();
        for (var person = 0; person < trace.People.Count; person++)
        {
            var history = trace.History(person);
            var rank = 0;
            var found = -1;
            for (var i = 0; rank < HitCounter.ListLength && i < order.Length; i++)
            {
                if (!history.Contains(order[i]))
                {
                    if (order[i] == trace.HeldOut(person))
                    {
                        found = rank;
                        break;
                    }

                    rank++;
                }
            }

            counter.Add(found);
        }

        return counter;
    }
}
