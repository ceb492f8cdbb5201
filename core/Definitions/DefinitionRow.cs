using System.Globalization;
using Google.Protobuf;

namespace Footprint.Grid.Core.Definitions;

/// <summary>One definition as stored: the bytes of its message, or none to delete it.</summary>
public readonly record struct DefinitionRow(DefinitionKind Kind, string Id, byte[]? Data)
{
    /// <summary><c>kind:id</c>, for stores that know it by one name.</summary>
    public string Name => $"{(int)Kind}:{Id}";

    /// <summary>The row of such a name. A name of another form gives a row of kind 0, which readers set aside.</summary>
    public static DefinitionRow Named(string name, byte[]? data)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return int.TryParse(name.AsSpan(0, Math.Max(0, colon)), CultureInfo.InvariantCulture, out int kind)
            ? new DefinitionRow((DefinitionKind)kind, name[(colon + 1)..], data)
            : new DefinitionRow(0, name, data);
    }

    internal static DefinitionRow Of(DefinitionKind kind, string id, IMessage message) => new(kind, id, message.ToByteArray());
}
