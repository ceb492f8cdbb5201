using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Api.OpenApi;

/// <summary>JSON schemas of messages as protobuf's JSON mapping writes them, each once and referred to by name.</summary>
internal sealed class SchemaSet
{
    public JsonObject Json { get; } = [];

    /// <summary>Adds a message and all that it holds; returns a reference to it.</summary>
    public JsonObject Add(MessageDescriptor type)
    {
        var name = Name(type);
        if (!Json.ContainsKey(name))
        {
            var properties = new JsonObject();
            // Entered before its fields are, since a message may hold itself.
            Json[name] = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
            foreach (var field in type.Fields.InDeclarationOrder())
            {
                properties[field.JsonName] = Field(field);
            }
        }

        return Reference(type);
    }

    public static JsonObject Reference(MessageDescriptor type) => new() { ["$ref"] = "#/components/schemas/" + Name(type) };

    private static string Name(MessageDescriptor type) => type.FullName[(type.File.Package.Length + 1)..];

    private JsonObject Field(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(field.MessageType.FindFieldByNumber(2)) };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Value(field) } : Value(field);
    }

    private JsonObject Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => Simple("string"),
        FieldType.Bytes => Simple("string", "byte"),
        FieldType.Bool => Simple("boolean"),
        FieldType.Double => Simple("number", "double"),
        FieldType.Float => Simple("number", "float"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Simple("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
        FieldType.UInt64 or FieldType.Fixed64 => Simple("string", "uint64"),
        FieldType.Enum => new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. field.EnumType.Values.Select(value => JsonValue.Create(value.Name))]),
        },
        FieldType.Message => Message(field.MessageType),
        _ => Simple("string", "int64"),
    };

    private JsonObject Message(MessageDescriptor type) => type.FullName switch
    {
        "google.protobuf.Timestamp" => Simple("string", "date-time"),
        "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
        "google.protobuf.Struct" => Simple("object"),
        _ => Add(type),
    };

    private static JsonObject Simple(string type, string? format = null) =>
        format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };
}
