using System.Buffers.Binary;
using System.Text;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>
/// The bytes of a segment, all numbers little-endian. Header: magic <c>FGJ1</c>, 32-bit count of records, XXH64 of the
/// rest seeded with the segment's number. Record: 16-bit lengths of tenant and client id, 32-bit length of the entry,
/// 64-bit sequence, tenant, client id, the bytes of a JournalEntry.
/// </summary>
internal static class SegmentFormat
{
    public const int HeaderLength = 16;
    private const int RecordHeaderLength = 16;
    private const uint Magic = 0x314A4746;

    public delegate void RecordTaker(ClientKey client, ulong sequence, ReadOnlyMemory<byte> entry);

    public static int MostLength(ClientKey key, int entryLength) =>
        RecordHeaderLength + (3 * (key.Tenant.Length + key.ClientId.Length)) + entryLength;

    /// <summary>Writes a record and tells where in <paramref name="target"/> its entry starts.</summary>
    public static int WriteRecord(Span<byte> target, ClientKey key, ulong sequence, ReadOnlySpan<byte> entry)
    {
        int tenant = Encoding.UTF8.GetBytes(key.Tenant, target[RecordHeaderLength..]);
        int client = Encoding.UTF8.GetBytes(key.ClientId, target[(RecordHeaderLength + tenant)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)tenant);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)client);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], entry.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], sequence);
        int start = RecordHeaderLength + tenant + client;
        entry.CopyTo(target[start..]);
        return start;
    }

    public static void WriteHeader(Span<byte> segment, long lsn, int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(segment, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(segment[4..], count);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[8..], XxHash64.Hash(segment[HeaderLength..], (ulong)lsn));
    }

    /// <summary>Gives every record of a segment, or none when the segment is not what was written.</summary>
    /// <exception cref="CorruptRecordException">The magic, the checksum or a length is wrong.</exception>
    public static void Read(ReadOnlyMemory<byte> segment, long lsn, RecordTaker take)
    {
        ReadOnlySpan<byte> bytes = segment.Span;
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new CorruptRecordException($"Journal segment {lsn} does not begin like one.");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) != XxHash64.Hash(bytes[HeaderLength..], (ulong)lsn))
        {
            throw new CorruptRecordException($"The checksum of journal segment {lsn} is wrong.");
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        int at = HeaderLength;
        for (int i = 0; i < count; i++)
        {
            at = ReadRecord(segment, at, lsn, take);
        }

        if (at != bytes.Length)
        {
            throw new CorruptRecordException($"Journal segment {lsn} has bytes after its last record.");
        }
    }

    private static int ReadRecord(ReadOnlyMemory<byte> segment, int at, long lsn, RecordTaker take)
    {
        ReadOnlySpan<byte> rest = segment.Span[at..];
        if (rest.Length < RecordHeaderLength)
        {
            throw new CorruptRecordException($"Journal segment {lsn} ends inside a record.");
        }

        int tenant = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        int client = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        int start = RecordHeaderLength + tenant + client;
        if (length < 0 || (long)start + length > rest.Length)
        {
            throw new CorruptRecordException($"Journal segment {lsn} ends inside a record.");
        }

        var key = new ClientKey(
            Encoding.UTF8.GetString(rest.Slice(RecordHeaderLength, tenant)),
            Encoding.UTF8.GetString(rest.Slice(RecordHeaderLength + tenant, client)));
        take(key, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]), segment.Slice(at + start, length));
        return at + start + length;
    }
}
