using System.Buffers;

namespace Footprint.Grid.Core.Conditions;

/// <summary>The list of an <c>$in</c>: tells whether it includes a scalar without conversion of types, letter case optional.</summary>
internal sealed class ScalarSet
{
    private const int StackChars = 256;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private readonly HashSet<double> _numbers = [];
    private readonly bool _ignoreCase;
    private bool _true;
    private bool _false;
    private bool _nothing;

    public ScalarSet(IReadOnlyList<AttributeValue> values, bool ignoreCase)
    {
        _ignoreCase = ignoreCase;
        _spans = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (AttributeValue value in values)
        {
            Add(value);
        }
    }

    /// <summary>Whether the value, or any element of a list, is in it. Lists and objects inside a list never are.</summary>
    public bool Includes(in AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
        {
            return IncludesScalar(value);
        }

        for (int i = 0; i < value.Count; i++)
        {
            if (IncludesScalar(value[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="ValueTest.Names"/>
    public bool Names(List<string> texts)
    {
        if (_ignoreCase || _nothing || _true || _false || _numbers.Count > 0)
        {
            return false;
        }

        foreach (string text in _texts)
        {
            texts.Add(text);
        }

        return true;
    }

    private void Add(in AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                _texts.Add(_ignoreCase ? value.AsString.ToLowerInvariant() : value.AsString);
                break;
            case AttributeKind.Number:
                _numbers.Add(value.AsNumber);
                break;
            case AttributeKind.Boolean when value.AsBoolean:
                _true = true;
                break;
            case AttributeKind.Boolean:
                _false = true;
                break;
            case AttributeKind.Null or AttributeKind.Missing:
                _nothing = true;
                break;
        }
    }

    private bool IncludesScalar(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => _ignoreCase ? IncludesLowered(value.AsString) : _texts.Contains(value.AsString),
        AttributeKind.Number => _numbers.Contains(value.AsNumber),
        AttributeKind.Boolean => value.AsBoolean ? _true : _false,
        AttributeKind.List or AttributeKind.Object => false,
        _ => _nothing,
    };

    private bool IncludesLowered(string text)
    {
        if (text.Length <= StackChars)
        {
            Span<char> lowered = stackalloc char[StackChars];
            return _spans.Contains(lowered[..text.AsSpan().ToLowerInvariant(lowered)]);
        }

        char[] rented = ArrayPool<char>.Shared.Rent(text.Length);
        bool found = _spans.Contains(rented.AsSpan(0, text.AsSpan().ToLowerInvariant(rented)));
        ArrayPool<char>.Shared.Return(rented);
        return found;
    }
}
