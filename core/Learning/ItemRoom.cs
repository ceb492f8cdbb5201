using System.Collections;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The places that a learner has for items. The last sixteenth is kept free for what is new: those that may go and are
/// counted least give up theirs. It goes round all items, so many at a call: first it picks out some that go, then it takes
/// them out of the neighbours of all others, and only then are their numbers given to others. One caller at a time.
/// </summary>
/// <param name="most">Items at the most.</param>
internal sealed class ItemRoom(int most)
{
    private const int AtOnce = 4096;
    private const int PartFree = 16;

    private readonly Stack<int> _free = new();
    private readonly List<int> _gone = [];
    private readonly int _kept = Math.Max(1, most / PartFree);
    private BitArray? _isGone;
    private Phase _phase;
    private int _left;
    private int _hand;
    private double _least = KnowledgeBase.Faded;

    private enum Phase
    {
        Rest,
        Choose,
        CleanUp,
    }

    /// <summary>Whether it is in the middle of a round.</summary>
    public bool IsAtWork => _phase != Phase.Rest;

    /// <summary>Whether fewer places are free than are kept free.</summary>
    public bool IsShort(List<LearnedItem> items) => most - items.Count + _free.Count < _kept;

    /// <summary>Gives a new item a number; -1 when there is none.</summary>
    public int Take(List<LearnedItem> items, string id)
    {
        if (_free.TryPop(out int number))
        {
            items[number] = items[number].Successor(id);
            return number;
        }

        if (items.Count == most)
        {
            return -1;
        }

        items.Add(new LearnedItem(id));
        return items.Count - 1;
    }

    /// <summary>Frees the number of an item at once that nothing went with.</summary>
    public void Release(List<LearnedItem> items, int number)
    {
        items[number] = items[number].Successor(null);
        _free.Push(number);
    }

    /// <summary>Goes on where the last call ended, for a bounded time; does nothing while there is room.</summary>
    /// <param name="items">All, by number.</param>
    /// <param name="scale">What a count is multiplied by to have its value now.</param>
    /// <param name="mayGo">Whether an item that is counted little may go.</param>
    /// <param name="forget">What is to be done with one that went; its number is nobody's already.</param>
    public void Work(List<LearnedItem> items, double scale, Func<LearnedItem, bool> mayGo, Action<LearnedItem> forget)
    {
        for (int looked = 0; looked < AtOnce; looked++)
        {
            if (_left == 0)
            {
                Turn(items);
                if (_left == 0)
                {
                    return;
                }
            }

            _left--;
            if (_phase == Phase.CleanUp)
            {
                items[_left].Remove(_isGone!);
            }
            else
            {
                Choose(items, scale, mayGo, forget);
            }
        }
    }

    private void Turn(List<LearnedItem> items)
    {
        switch (_phase)
        {
            case Phase.Rest when IsShort(items):
                (_phase, _left) = (Phase.Choose, items.Count);
                break;
            case Phase.Rest:
                _least = KnowledgeBase.Faded;
                break;
            case Phase.Choose when _gone.Count > 0:
                _isGone = new BitArray(items.Count);
                _gone.ForEach(number => _isGone[number] = true);
                (_phase, _left) = (Phase.CleanUp, items.Count);
                break;
            case Phase.Choose:
                // Nobody was counted so little: of many that came at once, those go that came but once.
                _least *= 2;
                _phase = Phase.Rest;
                break;
            default:
                _gone.ForEach(_free.Push);
                _gone.Clear();
                _isGone = null;
                _phase = Phase.Rest;
                break;
        }
    }

    private void Choose(List<LearnedItem> items, double scale, Func<LearnedItem, bool> mayGo, Action<LearnedItem> forget)
    {
        _hand = _hand + 1 < items.Count ? _hand + 1 : 0;
        LearnedItem item = items[_hand];
        if (!item.IsGone && item.Count * scale < _least && mayGo(item))
        {
            items[_hand] = item.Successor(null);
            _gone.Add(_hand);
            forget(item);
            _left = _gone.Count == _kept ? 0 : _left;
        }
    }
}
