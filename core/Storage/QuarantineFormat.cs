using System.Buffers.Binary;

namespace Footprint.Grid.Core.Storage;

/// <summary>Quarantine records as bytes, and what little can be read of entries that cannot be trusted.</summary>
public static class QuarantineFormat
{
    public static byte[] Pack(QuarantineRecord record)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(record.Tenant);
        writer.Write(record.Kind);
        writer.Write(record.Id);
        writer.Write(record.Reason);
        writer.Write(record.TimeMs);
        writer.Write(record.Data.Length);
        writer.Write(record.Data);
        writer.Flush();
        return stream.ToArray();
    }

    public static QuarantineRecord Unpack(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new QuarantineRecord(
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadString(),
            reader.ReadInt64(),
            reader.ReadBytes(reader.ReadInt32()));
    }

    /// <summary>A checkpoint and its journal entries as a record's data.</summary>
    public static byte[] PackProfile(ReadOnlyMemory<byte> checkpoint, IReadOnlyList<ReadOnlyMemory<byte>> journal)
    {
        using var packed = new MemoryStream();
        Write(packed, checkpoint.Span);
        foreach (ReadOnlyMemory<byte> entry in journal)
        {
            Write(packed, entry.Span);
        }

        return packed.ToArray();
    }

    /// <summary>The sequence that a journal entry begins with; 0 when it does not.</summary>
    public static ulong Sequence(ReadOnlySpan<byte> entry)
    {
        const byte SequenceTag = 8;
        if (entry.IsEmpty || entry[0] != SequenceTag)
        {
            return 0;
        }

        ulong value = 0;
        for (int i = 1; i < Math.Min(entry.Length, 11); i++)
        {
            value |= (ulong)(entry[i] & 127) << (7 * (i - 1));
            if (entry[i] < 128)
            {
                return value;
            }
        }

        return 0;
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }
}
