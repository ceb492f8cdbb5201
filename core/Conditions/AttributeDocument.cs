using System.Text.Json;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Conditions;

/// <summary>A JSON object in memory that conditions can be tested on.</summary>
public sealed class AttributeDocument : IAttributeObject
{
    private readonly Dictionary<string, AttributeValue> _properties;

    internal AttributeDocument(Dictionary<string, AttributeValue> properties) => _properties = properties;

    public static AttributeDocument Empty { get; } = new([]);

    public int Count => _properties.Count;

    internal Dictionary<string, AttributeValue> Properties => _properties;

    /// <exception cref="ArgumentException">Not an object, or past <see cref="ConditionLimits"/>.</exception>
    public static AttributeDocument From(JsonElement json)
    {
        var reader = new LiteralReader();
        return Whole(reader.Read(json), reader.Fault);
    }

    /// <exception cref="ArgumentException">Past <see cref="ConditionLimits"/>, or a number that is not finite.</exception>
    public static AttributeDocument From(Struct json)
    {
        var reader = new LiteralReader();
        return Whole(reader.Read(json), reader.Fault);
    }

    public AttributeValue Property(string name) => _properties.TryGetValue(name, out AttributeValue value) ? value : AttributeValue.Missing;

    public AttributeValue Resolve(AttributePath path) => path.Walk(AttributeValue.Of(this));

    private static AttributeDocument Whole(AttributeValue value, Fault? fault)
    {
        if (fault is not null)
        {
            throw new ArgumentException($"{fault.Field} {fault.Message}");
        }

        return value.Kind == AttributeKind.Object
            ? (AttributeDocument)value.AsObject
            : throw new ArgumentException("The document must be a JSON object.");
    }
}
