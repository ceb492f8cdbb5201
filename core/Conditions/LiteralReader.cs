using System.Text.Json;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// Copies JSON into attribute values within the limits of a condition. Stops at the first fault: a limit that is passed
/// says enough, and going on would do the work that the limit forbids.
/// </summary>
internal sealed class LiteralReader
{
    private readonly List<string> _trail = [];
    private int _values;
    private int _depth;

    /// <summary>What is wrong, its field relative to the condition; null when nothing is.</summary>
    public Fault? Fault { get; private set; }

    public AttributeValue Read(Struct json) => Enter() ? Leave(ReadObject(json)) : AttributeValue.Null;

    public AttributeValue Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return Enter() ? Leave(ReadObject(json)) : AttributeValue.Null;
            case JsonValueKind.Array:
                return Enter() ? Leave(ReadList(json)) : AttributeValue.Null;
            default:
                return Count() ? ReadScalar(json) : AttributeValue.Null;
        }
    }

    private AttributeValue Read(Value json)
    {
        switch (json.KindCase)
        {
            case Value.KindOneofCase.StructValue:
                return Enter() ? Leave(ReadObject(json.StructValue)) : AttributeValue.Null;
            case Value.KindOneofCase.ListValue:
                return Enter() ? Leave(ReadList(json.ListValue)) : AttributeValue.Null;
            default:
                return Count() ? ReadScalar(json) : AttributeValue.Null;
        }
    }

    private AttributeValue ReadScalar(Value json) => json.KindCase switch
    {
        Value.KindOneofCase.BoolValue => AttributeValue.Of(json.BoolValue),
        Value.KindOneofCase.StringValue => AttributeValue.Of(json.StringValue),
        Value.KindOneofCase.NumberValue => Number(json.NumberValue),
        Value.KindOneofCase.NullValue => AttributeValue.Null,
        _ => Refuse("holds no value."),
    };

    private AttributeValue ReadScalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => AttributeValue.Of(true),
        JsonValueKind.False => AttributeValue.Of(false),
        JsonValueKind.String => AttributeValue.Of(json.GetString()),
        JsonValueKind.Number => Number(json.GetDouble()),
        JsonValueKind.Null => AttributeValue.Null,
        _ => Refuse("holds no value."),
    };

    private AttributeValue ReadObject(Struct json)
    {
        var properties = new Dictionary<string, AttributeValue>(json.Fields.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<string, Value> property in json.Fields)
        {
            _trail.Add("." + property.Key);
            properties[property.Key] = Read(property.Value);
            if (Fault is not null)
            {
                break;
            }

            _trail.RemoveAt(_trail.Count - 1);
        }

        return AttributeValue.Of(new AttributeDocument(properties));
    }

    private AttributeValue ReadObject(JsonElement json)
    {
        var properties = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            _trail.Add("." + property.Name);
            properties[property.Name] = Read(property.Value);
            if (Fault is not null)
            {
                break;
            }

            _trail.RemoveAt(_trail.Count - 1);
        }

        return AttributeValue.Of(new AttributeDocument(properties));
    }

    private AttributeValue ReadList(ListValue json)
    {
        var elements = new List<AttributeValue>();
        foreach (Value element in json.Values)
        {
            _trail.Add($"[{elements.Count}]");
            elements.Add(Read(element));
            if (Fault is not null)
            {
                break;
            }

            _trail.RemoveAt(_trail.Count - 1);
        }

        return AttributeValue.Of(elements);
    }

    private AttributeValue ReadList(JsonElement json)
    {
        var elements = new List<AttributeValue>();
        foreach (JsonElement element in json.EnumerateArray())
        {
            _trail.Add($"[{elements.Count}]");
            elements.Add(Read(element));
            if (Fault is not null)
            {
                break;
            }

            _trail.RemoveAt(_trail.Count - 1);
        }

        return AttributeValue.Of(elements);
    }

    private bool Enter()
    {
        if (_depth == ConditionLimits.MaxDepth)
        {
            Refuse("is nested too deep.", ConditionLimits.MaxDepth);
            return false;
        }

        _depth++;
        return Count();
    }

    private AttributeValue Leave(AttributeValue value)
    {
        _depth--;
        return value;
    }

    private bool Count()
    {
        if (++_values <= ConditionLimits.MaxValues)
        {
            return true;
        }

        Refuse("is past the number of values that one condition may hold.", ConditionLimits.MaxValues);
        return false;
    }

    private AttributeValue Number(double value) => double.IsFinite(value) ? AttributeValue.Of(value) : Refuse("must be a finite number.");

    private AttributeValue Refuse(string message, int? limit = null)
    {
        Fault ??= new Fault(string.Concat(_trail), message, limit?.ToString() ?? "");
        return AttributeValue.Null;
    }
}
