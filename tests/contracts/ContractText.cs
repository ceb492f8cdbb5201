using System.Reflection;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Contracts.Tests;

/// <summary>
/// Writes what old clients and old stored bytes rely on as text, one fact a line: a key that names the thing, and, after a tab,
/// all of it that must stay as it is.
/// </summary>
internal static class ContractText
{
    /// <summary>Every .proto file that the contracts assembly was made from.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } = [.. typeof(V1.FootprintEvent).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(FileDescriptor))
        .Select(property => (FileDescriptor)property!.GetValue(null)!)
        .OrderBy(file => file.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<string> Of(IEnumerable<FileDescriptor> files)
    {
        var lines = new List<string>();
        foreach (var file in files)
        {
            foreach (var service in file.Services)
            {
                lines.Add($"service {service.FullName}");
                lines.AddRange(service.Methods.Select(Line));
            }

            foreach (var message in file.MessageTypes)
            {
                AddMessage(lines, message);
            }

            foreach (var values in file.EnumTypes)
            {
                AddEnum(lines, values);
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(MethodDescriptor method)
    {
        var request = (method.IsClientStreaming ? "stream " : "") + method.InputType.FullName;
        var response = (method.IsServerStreaming ? "stream " : "") + method.OutputType.FullName;
        return $"rpc /{method.Service.FullName}/{method.Name}\t({request}) returns ({response})";
    }

    private static void AddMessage(List<string> lines, MessageDescriptor message)
    {
        lines.Add($"message {message.FullName}");
        lines.AddRange(message.Fields.InDeclarationOrder().Select(Line));
        foreach (var nested in message.NestedTypes.Where(nested => !IsMapEntry(nested)))
        {
            AddMessage(lines, nested);
        }

        foreach (var values in message.EnumTypes)
        {
            AddEnum(lines, values);
        }
    }

    private static void AddEnum(List<string> lines, EnumDescriptor values)
    {
        lines.Add($"enum {values.FullName}");
        lines.AddRange(values.Values.Select(value => $"value {values.FullName} {value.Number}\t{value.Name}"));
    }

    private static string Line(FieldDescriptor field)
    {
        var oneof = field.RealContainingOneof is { } one ? $" oneof={one.Name}" : "";
        var presence = field.HasPresence ? " presence" : "";
        return $"field {field.ContainingType.FullName} {field.FieldNumber}\t{Kind(field)} {field.Name} json={field.JsonName}{oneof}{presence}";
    }

    private static string Kind(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return $"map<{Kind(field.MessageType.FindFieldByNumber(1))},{Kind(field.MessageType.FindFieldByNumber(2))}>";
        }

        var type = field.FieldType switch
        {
            FieldType.Message or FieldType.Group => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        return field.IsRepeated ? $"repeated {type}" : type;
    }

    private static bool IsMapEntry(MessageDescriptor message) => message.GetOptions()?.MapEntry == true;
}
