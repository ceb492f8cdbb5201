namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Items whose neighbours are to be found out again, in three lines: those that are due, since what they teach is new; those
/// that changed a little; and those that are looked at because time passed or a store was read. Each waits once, in the foremost line
/// that it was added to. Of eight that are taken five are the newest of those that are due, so what was learned last is not behind a
/// burst; one is due and has waited longest, and one comes from each of the other lines, so nothing waits for ever: one
/// of n that are due is among the next 8·n that are taken. Where a line is empty the others have its turns.
/// </summary>
internal sealed class NeighbourQueue
{
    private const int Round = 8;
    private const int OldestTurn = 5;
    private const int ChangedTurn = 6;
    private const int LaterTurn = 7;

    // By line; None has nobody.
    private readonly Chain[] _chains = [new(), new(), new(), new()];
    private int _turn;

    /// <summary>Where an item waits.</summary>
    internal enum Line : byte
    {
        None,
        Later,
        Changed,
        Due,
    }

    public int Count => Due + _chains[(int)Line.Changed].Count + _chains[(int)Line.Later].Count;

    /// <summary>Those that are due.</summary>
    public int Due => _chains[(int)Line.Due].Count;

    /// <summary>Adds an item, or moves it to a line further ahead. As it is new in the first two lines, it is the first of them.</summary>
    public void Add(List<LearnedItem> items, int number, Line line)
    {
        Line known = items[number].Waits.Line;
        if (known > line || (known == line && line == Line.Later))
        {
            return;
        }

        if (known != Line.None)
        {
            _chains[(int)known].Remove(items, number);
        }

        _chains[(int)line].Add(items, number, line, isFirst: line != Line.Later);
    }

    public bool TryTake(List<LearnedItem> items, out int number)
    {
        int turn = _turn++ & ((2 * Round) - 1);
        number = (turn % Round) switch
        {
            OldestTurn => Last(Line.Due),
            ChangedTurn => turn < Round ? First(Line.Changed) : Last(Line.Changed),
            LaterTurn => First(Line.Later),
            _ => First(Line.Due),
        };
        for (Line line = Line.Due; number < 0 && line > Line.None; line--)
        {
            number = First(line);
        }

        if (number < 0)
        {
            return false;
        }

        _chains[(int)items[number].Waits.Line].Remove(items, number);
        return true;
    }

    private int First(Line line) => _chains[(int)line].First;

    private int Last(Line line) => _chains[(int)line].Last;

    /// <summary>An item's place in a line: who is before and after it, by number, or -1.</summary>
    internal readonly record struct Place(Line Line, int Before, int After);

    private sealed class Chain
    {
        public int First { get; private set; } = -1;

        public int Last { get; private set; } = -1;

        public int Count { get; private set; }

        public void Add(List<LearnedItem> items, int number, Line line, bool isFirst)
        {
            Count++;
            (int before, int after) = isFirst ? (-1, First) : (Last, -1);
            items[number].Waits = new Place(line, before, after);
            Join(items, before, number);
            Join(items, number, after);
        }

        public void Remove(List<LearnedItem> items, int number)
        {
            Count--;
            (_, int before, int after) = items[number].Waits;
            items[number].Waits = default;
            Join(items, before, after);
        }

        // One after the other; -1 is the end.
        private void Join(List<LearnedItem> items, int before, int after)
        {
            if (before < 0)
            {
                First = after;
            }
            else
            {
                items[before].Waits = items[before].Waits with { After = after };
            }

            if (after < 0)
            {
                Last = before;
            }
            else
            {
                items[after].Waits = items[after].Waits with { Before = before };
            }
        }
    }
}
