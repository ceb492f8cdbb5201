using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>The latest changes, as many as fit in some megabytes, for replicas that follow.</summary>
internal sealed class ChangeRing
{
    public const int MostBytes = 32 << 20;

    private readonly Queue<(DefinitionsChanged Change, int Bytes)> _changes = new();
    private int _bytes;

    /// <summary>Follows on the change before.</summary>
    public void Add(DefinitionsChanged change)
    {
        int bytes = change.CalculateSize();
        _changes.Enqueue((change, bytes));
        _bytes += bytes;
        while (_bytes > MostBytes)
        {
            _bytes -= _changes.Dequeue().Bytes;
        }
    }

    public void Clear()
    {
        _changes.Clear();
        _bytes = 0;
    }

    /// <summary>Adds what came after a version, at least one change and then about so many bytes; false when that is no more known.</summary>
    public bool TryRead(ulong from, int mostBytes, ICollection<DefinitionsChanged> into)
    {
        ulong next = from;
        foreach ((DefinitionsChanged change, int bytes) in _changes)
        {
            if (change.From == next && (into.Count == 0 || mostBytes >= bytes))
            {
                into.Add(change);
                next = change.To;
                mostBytes -= bytes;
            }
            else if (into.Count > 0)
            {
                break;
            }
        }

        return into.Count > 0;
    }
}
