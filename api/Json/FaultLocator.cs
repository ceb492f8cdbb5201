using System.Runtime.InteropServices;
using System.Text.Json;
using Footprint.Grid.Api.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.Json;

/// <summary>
/// Says where in a body the fault is, which the parser of protobuf's JSON does not. Runs only after a parse failed: walks
/// the body against the message's descriptor and hands each single value to that same parser, so that both agree.
/// </summary>
internal sealed class FaultLocator(int maxDepth)
{
    private readonly JsonParser _parser = new(new JsonParser.Settings(maxDepth));

    /// <summary>Null when no fault is found.</summary>
    public CallError? Locate(string body, MessageDescriptor type)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? InMessage(document.RootElement, type, "")
                : CallError.Invalid($"A JSON object is expected, not {Describe(document.RootElement)}.");
        }
        catch (JsonException malformed)
        {
            return CallError.Invalid(
                $"Malformed JSON at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}.", limit: $"JSON nested at most {maxDepth} deep");
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair cannot even be read.
            return CallError.Invalid("Malformed JSON: a name holds half of a surrogate pair.");
        }
    }

    private CallError? InMessage(JsonElement element, MessageDescriptor type, string path)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = Clean(property.Name);
            var field = type.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == property.Name || f.Name == property.Name);
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (field is null)
            {
                return CallError.Invalid($"Unknown field '{name}' in {type.Name}.", at);
            }

            if (property.Value.ValueKind != JsonValueKind.Null && InField(property.Value, field, type, at) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private CallError? InField(JsonElement value, FieldDescriptor field, MessageDescriptor owner, string path)
    {
        if (field.IsMap)
        {
            return InMap(value, field, owner, path);
        }

        if (!field.IsRepeated)
        {
            return IsPlain(value, field) ? null : InValue(value, field, owner, path, value.GetRawText());
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return CallError.Invalid($"A list is expected, not {Describe(value)}.", path);
        }

        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (!IsPlain(item, field) && InValue(item, field, owner, $"{path}[{index}]", $"[{item.GetRawText()}]") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private CallError? InMap(JsonElement value, FieldDescriptor field, MessageDescriptor owner, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return CallError.Invalid($"An object is expected, not {Describe(value)}.", path);
        }

        foreach (var entry in value.EnumerateObject())
        {
            if (IsPlain(entry.Value, field.MessageType.FindFieldByNumber(2)))
            {
                continue;
            }

            var raw = $"{{{JsonSerializer.Serialize(entry.Name)}:{entry.Value.GetRawText()}}}";
            if (!Parses(field, owner, raw))
            {
                return CallError.Invalid($"{Expected(field.MessageType.FindFieldByNumber(2))} is expected, not {Describe(entry.Value)}.", $"{path}.{Clean(entry.Name)}");
            }
        }

        return null;
    }

    private CallError? InValue(JsonElement value, FieldDescriptor field, MessageDescriptor owner, string path, string raw)
    {
        if (field.FieldType == FieldType.Message && !IsWellKnown(field.MessageType))
        {
            return value.ValueKind == JsonValueKind.Object
                ? InMessage(value, field.MessageType, path)
                : CallError.Invalid($"An object is expected, not {Describe(value)}.", path);
        }

        return Parses(field, owner, raw)
            ? null
            : CallError.Invalid($"{Expected(field)} is expected, not {Describe(value)}.", path, Allowed(field));
    }

    // Most values of a large body are of this kind; without it the search would cost many times the parse.
    private static bool IsPlain(JsonElement value, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => value.ValueKind == JsonValueKind.String && !JsonMarshal.GetRawUtf8Value(value).Contains((byte)'\\'),
        FieldType.Double => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number),
        FieldType.Bool => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private bool Parses(FieldDescriptor field, MessageDescriptor owner, string raw)
    {
        try
        {
            _parser.Parse($"{{\"{field.JsonName}\":{raw}}}", owner);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static bool IsWellKnown(MessageDescriptor type) => type.File.Package == "google.protobuf";

    private static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => "A string",
        FieldType.Bytes => "A string of base64",
        FieldType.Bool => "true or false",
        FieldType.Double or FieldType.Float => "A number",
        FieldType.Enum => $"A name of {field.EnumType.Name}",
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => "A whole number of 32 bits",
        FieldType.UInt32 or FieldType.Fixed32 => "A whole number of 32 bits, 0 or more",
        FieldType.UInt64 or FieldType.Fixed64 => "A whole number of 64 bits, 0 or more",
        FieldType.Message => field.MessageType.Name switch
        {
            "Timestamp" => "A time as RFC 3339",
            "Duration" => "A duration in seconds, as \"3.5s\",",
            _ => "An object",
        },
        _ => "A whole number of 64 bits",
    };

    private static string Allowed(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Enum => string.Join(" | ", field.EnumType.Values.Select(value => value.Name)),
        FieldType.Message when field.MessageType.Name == "Timestamp" => "for example 2026-11-21T10:00:00Z",
        _ => "",
    };

    // What was sent is named by its kind, not repeated: it may be long, or private.
    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "this string",
        JsonValueKind.Number => "this number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static string Clean(string name) =>
        (name.Length <= 100 ? name : name[..100] + "…").ReplaceLineEndings(" ");
}
