using System.Runtime.InteropServices;

namespace Footprint.Grid.Bench.Accuracy;

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
        var list = new List<int>();
        for (var person = 0; person < trace.People.Count; person++)
        {
            var history = trace.History(person);
            list.Clear();
            for (var i = 0; list.Count < HitCounter.ListLength && i < order.Length; i++)
            {
                if (!history.Contains(order[i]))
                {
                    list.Add(order[i]);
                }
            }

            counter.Add(CollectionsMarshal.AsSpan(list), trace.HeldOut(person));
        }

        return counter;
    }
}
