using System.Text;
using System.Text.Unicode;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Catalog;

/// <summary>Reads one attribute out of an item's encoded definition, without decoding the rest: a filter does so thousands of times.</summary>
internal static class DefinitionBytes
{
    private const int LengthDelimited = 2;
    private const int Key = (1 << 3) | LengthDelimited;
    private const int Value = (2 << 3) | LengthDelimited;
    private const int Attributes = (Item.AttributesFieldNumber << 3) | LengthDelimited;

    /// <summary>The value of that attribute, the last one where it is twice, as protobuf has it; null when there is none.</summary>
    public static string? Attribute(ReadOnlySpan<byte> definition, string name)
    {
        Span<byte> wanted = stackalloc byte[3 * name.Length];
        Utf8.FromUtf16(name, wanted, out _, out int length);
        wanted = wanted[..length];
        string? found = null;
        while (Next(ref definition, out int tag, out ReadOnlySpan<byte> field))
        {
            if (tag == Attributes && Entry(field, wanted) is { } value)
            {
                found = value;
            }
        }

        return found;
    }

    private static string? Entry(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> wanted)
    {
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> value = default;
        while (Next(ref entry, out int tag, out ReadOnlySpan<byte> field))
        {
            key = tag == Key ? field : key;
            value = tag == Value ? field : value;
        }

        return key.SequenceEqual(wanted) ? Encoding.UTF8.GetString(value) : null;
    }

    // The bytes are the generated code's own, so nothing in them is cut short.
    private static bool Next(scoped ref ReadOnlySpan<byte> rest, out int tag, out ReadOnlySpan<byte> field)
    {
        tag = 0;
        field = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        tag = (int)Varint(ref rest);
        int length = (tag & 7) switch
        {
            0 => (int)(Varint(ref rest) & 0),
            1 => sizeof(ulong),
            LengthDelimited => (int)Varint(ref rest),
            _ => sizeof(uint),
        };
        field = rest[..length];
        rest = rest[length..];
        return true;
    }

    private static ulong Varint(scoped ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (int i = 0; ; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return value;
            }
        }
    }
}
