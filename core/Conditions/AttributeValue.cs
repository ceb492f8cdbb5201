using System.Diagnostics;
using System.Globalization;

namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// A JSON value as a condition sees it: missing, null, boolean, number, string, list or object. A struct of references
/// and scalars, so answering a path costs no allocation. The default value is <see cref="Missing"/>.
/// </summary>
public readonly struct AttributeValue
{
    private readonly object? _reference;
    private readonly double _number;

    private AttributeValue(AttributeKind kind, double number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    public static AttributeValue Missing => default;

    public static AttributeValue Null => new(AttributeKind.Null, 0, null);

    public AttributeKind Kind { get; }

    /// <summary>Missing or null.</summary>
    public bool IsNothing => Kind <= AttributeKind.Null;

    /// <summary>Number of elements of a list.</summary>
    public int Count => _reference switch
    {
        IReadOnlyList<string> texts when Kind == AttributeKind.List => texts.Count,
        IReadOnlyList<AttributeValue> values when Kind == AttributeKind.List => values.Count,
        _ => throw new InvalidOperationException($"A value of kind {Kind} has no elements."),
    };

    internal bool AsBoolean
    {
        get
        {
            Debug.Assert(Kind == AttributeKind.Boolean);
            return _number != 0;
        }
    }

    internal double AsNumber
    {
        get
        {
            Debug.Assert(Kind == AttributeKind.Number);
            return _number;
        }
    }

    internal string AsString => (string)_reference!;

    internal IAttributeObject AsObject => (IAttributeObject)_reference!;

    /// <summary>Element of a list, from 0.</summary>
    public AttributeValue this[int index] => _reference switch
    {
        IReadOnlyList<string> texts when Kind == AttributeKind.List => Of(texts[index]),
        IReadOnlyList<AttributeValue> values when Kind == AttributeKind.List => values[index],
        _ => throw new InvalidOperationException($"A value of kind {Kind} has no elements."),
    };

    public static AttributeValue Of(bool value) => new(AttributeKind.Boolean, value ? 1 : 0, null);

    public static AttributeValue Of(double value) => new(AttributeKind.Number, value, null);

    /// <summary>A string; null becomes <see cref="Missing"/>.</summary>
    public static AttributeValue Of(string? value) => value is null ? Missing : new(AttributeKind.String, 0, value);

    /// <summary>A list of strings, read in place; null becomes <see cref="Missing"/>.</summary>
    public static AttributeValue Of(IReadOnlyList<string>? values) => values is null ? Missing : new(AttributeKind.List, 0, values);

    /// <summary>A list of any values, read in place; null becomes <see cref="Missing"/>.</summary>
    public static AttributeValue Of(IReadOnlyList<AttributeValue>? values) => values is null ? Missing : new(AttributeKind.List, 0, values);

    /// <summary>An object, read in place; null becomes <see cref="Missing"/>.</summary>
    public static AttributeValue Of(IAttributeObject? value) => value is null ? Missing : new(AttributeKind.Object, 0, value);

    internal AttributeValue ElementAt(string position)
    {
        bool plain = position.Length == 1 || (position.Length > 1 && position[0] != '0');
        return plain && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Count
            ? this[index]
            : Missing;
    }
}
