using System.Text;
using System.Text.Json;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Node.Import;

/// <summary>Looks at a line without the node.</summary>
internal static class LineCheck
{
    private static readonly JsonReaderOptions _strict = new() { MaxDepth = 32 };

    /// <summary>
    /// Null when the line is exactly one JSON object. It must be: lines are sent as they are, inside one array, where
    /// <c>{…},{…}</c> would pass for two.
    /// </summary>
    public static LineFault? Form(long number, ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, _strict);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return new LineFault(number, "", "is not a JSON object", "one item as a JSON object per line");
            }

            // TrySkip checks the syntax of all that it passes, and a further Read that nothing follows.
            reader.Skip();
            _ = reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return new LineFault(number, "", $"is not JSON at byte {e.BytePositionInLine + 1}", "one item as a JSON object per line");
        }
    }

    /// <summary>Null when the line can be read as an item. Slower; only for lines of a batch that the node refused.</summary>
    public static LineFault? Item(ImportLine line)
    {
        try
        {
            _ = JsonParser.Default.Parse<Item>(Encoding.UTF8.GetString(line.Json.Span));
            return null;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException or FormatException or OverflowException)
        {
            return new LineFault(line.Number, "", e.Message, "an item as PUT /v1/items takes it");
        }
    }
}
