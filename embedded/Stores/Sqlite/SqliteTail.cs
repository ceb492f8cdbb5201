namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>Entries of one client that were in the journal when it was opened, as slices of their segments.</summary>
internal sealed class SqliteTail(long firstLsn)
{
    public long FirstLsn { get; } = firstLsn;

    public ulong LastSequence { get; private set; }

    public List<ReadOnlyMemory<byte>> Entries { get; } = new(1);

    public void Add(ulong sequence, ReadOnlyMemory<byte> entry)
    {
        LastSequence = sequence;
        Entries.Add(entry);
    }
}
