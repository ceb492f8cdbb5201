using System.Text.Unicode;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Catalog;

/// <summary>Reads one attribute out of an item's encoded definition, without decoding the rest: a filter does so thousands of times.</summary>
internal static class DefinitionBytes
{
    private const int Key = 1;
    private const int Value = 2;

    /// <summary>The value of that attribute, the last one where it is twice, as protobuf has it; null when there is none.</summary>
    public static string? Attribute(ReadOnlySpan<byte> definition, string name, AttributeTexts texts)
    {
        Span<byte> wanted = stackalloc byte[3 * name.Length];
        Utf8.FromUtf16(name, wanted, out _, out int length);
        wanted = wanted[..length];
        string? found = null;
        var fields = new WireFields(definition);
        while (fields.Next())
        {
            if (fields.Number == Item.AttributesFieldNumber && fields.IsBytes && Entry(fields.Bytes, wanted, texts) is { } value)
            {
                found = value;
            }
        }

        return found;
    }

    private static string? Entry(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> wanted, AttributeTexts texts)
    {
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> value = default;
        var fields = new WireFields(entry);
        while (fields.Next())
        {
            if (fields.IsBytes)
            {
                key = fields.Number == Key ? fields.Bytes : key;
                value = fields.Number == Value ? fields.Bytes : value;
            }
        }

        return key.SequenceEqual(wanted) ? texts.Of(value) : null;
    }
}
