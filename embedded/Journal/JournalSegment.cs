using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>
/// Entries of many clients in one buffer, in the format of <see cref="SegmentFormat"/>. Filled under the commit log's
/// lock, sealed once, written as one row, used again.
/// </summary>
internal sealed class JournalSegment
{
    /// <summary>A few hundred kilobytes a row keep SQLite near its sequential speed; more gains nothing.</summary>
    public const int Capacity = 256 * 1024;

    private byte[] _buffer;
    private JournalRecord[] _records = new JournalRecord[1024];

    public JournalSegment(int capacity = Capacity)
    {
        _buffer = new byte[capacity];
        Length = SegmentFormat.HeaderLength;
    }

    /// <summary>Its number; grows by one from segment to segment.</summary>
    public long Lsn { get; private set; }

    /// <summary>Bytes in use, header included.</summary>
    public int Length { get; private set; }

    public int Count { get; private set; }

    public int Size => _buffer.Length;

    /// <summary>Position of its last entry in the commit log.</summary>
    public long LastPosition { get; set; }

    /// <summary>Its last change goes on in the next segment, so both belong in one transaction.</summary>
    public bool ContinuesInNext { get; set; }

    public ReadOnlySpan<JournalRecord> Records => _records.AsSpan(0, Count);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Entry(in JournalRecord record) => _buffer.AsMemory(record.Offset, record.Length);

    public void Start(long lsn)
    {
        Lsn = lsn;
        Length = SegmentFormat.HeaderLength;
        Array.Clear(_records, 0, Count);
        Count = 0;
        ContinuesInNext = false;
    }

    /// <summary>False when it is full; an empty segment takes an entry of any size.</summary>
    public bool TryAdd(IJournalClient client, ulong sequence, ReadOnlySpan<byte> entry)
    {
        ClientKey key = client.Key;
        int most = SegmentFormat.MostLength(key, entry.Length);
        if (Length + most > _buffer.Length)
        {
            if (Count > 0)
            {
                return false;
            }

            _buffer = new byte[Length + most];
        }

        int offset = SegmentFormat.WriteRecord(_buffer.AsSpan(Length), key, sequence, entry) + Length;
        if (Count == _records.Length)
        {
            Array.Resize(ref _records, Count * 2);
        }

        _records[Count++] = new JournalRecord(client, sequence, offset, entry.Length);
        Length = offset + entry.Length;
        return true;
    }

    /// <summary>Writes the header with the checksum. Call once, when nothing is added any more.</summary>
    public void Seal() => SegmentFormat.WriteHeader(_buffer.AsSpan(0, Length), Lsn, Count);
}
