using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Memory;

namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Lets items among the candidates one by one, of which only those are worth a place that are live, that the request's filter
/// keeps and that the placement's limits still admit; counts how often it was asked. A place of an item that is deleted or
/// not live costs a tenth of a try, for it costs as little to see: a catalog that is mostly over hides nothing.
/// </summary>
internal ref struct Admission(in ContentQuery query, DecisionScratch scratch, int tries)
{
    private const int OfOneTry = 10;
    private const int AtOnce = 16;

    private readonly ref readonly ContentQuery _query = ref query;
    private int _left = tries * OfOneTry;

    /// <summary>How often it may still be asked.</summary>
    public readonly int Tries => _left / OfOneTry;

    public readonly bool IsOver => Tries <= 0;

    /// <summary>Whether there is one candidate more.</summary>
    public bool Try(int slot, float coVisit = 0, int source = 0)
    {
        bool isLive = _query.Catalog.Rows.At(slot).IsLive(_query.NowMs);
        _left -= isLive ? OfOneTry : 1;
        if (!isLive || !Keeps(slot))
        {
            return false;
        }

        int before = scratch.Candidates.Count;
        scratch.Candidates.Add(slot, coVisit, source);
        return scratch.Candidates.Count > before;
    }

    /// <summary>Some of them, in their order.</summary>
    public void Try(scoped ReadOnlySpan<int> slots, int most = int.MaxValue)
    {
        for (int i = 0; i < slots.Length && !IsOver && most > 0; i++)
        {
            most -= Try(slots[i]) ? 1 : 0;
        }
    }

    /// <summary>
    /// Until there are so many candidates: items that the filter names by their ids, else those of topics that it names, else all
    /// of the catalog, by <see cref="SlotWalk"/>.
    /// </summary>
    public void Walk(int wanted)
    {
        List<string> named = scratch.Named;
        named.Clear();
        if (_query.Filter?.Names("itemId", named) == true)
        {
            for (int i = 0; i < named.Count && !IsOver; i++)
            {
                if (_query.Catalog.Ids.Find(named[i]) is var slot and >= 0)
                {
                    Try(slot);
                }
            }
        }
        else if (_query.Filter?.Names("topics", named) == true)
        {
            // First of each topic its share, then of any.
            for (int i = 0; i < named.Count; i++)
            {
                int share = Math.Max(0, wanted - scratch.Candidates.Count) / (named.Count - i);
                Walk(named[i], scratch.Candidates.Count + share);
            }

            for (int i = 0; i < named.Count; i++)
            {
                Walk(named[i], wanted);
            }
        }
        else
        {
            Walk(wanted, new SlotWalk(_query.Catalog.Ids.Count, _query.Seed));
        }
    }

    // Some at once, so that their waits for memory fall into one another.
    private void Walk(int wanted, SlotWalk walk)
    {
        Span<int> slots = stackalloc int[AtOnce];
        int count;
        do
        {
            for (count = 0; count < slots.Length && (slots[count] = walk.Next()) >= 0; count++)
            {
                Prefetch.Value(in _query.Catalog.Rows.At(slots[count]));
            }

            for (int i = 0; i < count && scratch.Candidates.Count < wanted && !IsOver; i++)
            {
                Try(slots[i]);
            }
        }
        while (count == slots.Length && scratch.Candidates.Count < wanted && !IsOver);
    }

    private void Walk(string topic, int wanted)
    {
        if (scratch.Candidates.Count < wanted && _query.Catalog.Topics.Find(topic) is var number and >= 0 && _query.Catalog.Postings[number] is { } posting)
        {
            var walk = new SlotWalk(posting.Count, _query.Seed);
            for (int at; scratch.Candidates.Count < wanted && !IsOver && (at = walk.Next()) >= 0;)
            {
                Try(posting.At(at).Slot);
            }
        }
    }

    private readonly bool Keeps(int slot)
    {
        if (_query.Catalog.Items[slot] is not { } item
            || (scratch.Selection.IsOn && !scratch.Selection.Limits.Admits(item)))
        {
            return false;
        }

        if (_query.Filter is not { } filter)
        {
            return true;
        }

        scratch.Item.Set(item, _query.Catalog.Topics);
        return filter.Evaluate(scratch.Item);
    }
}
