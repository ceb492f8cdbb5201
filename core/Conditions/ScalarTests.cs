using System.Buffers;

namespace Footprint.Grid.Core.Conditions;

/// <summary>Operators that look at one value: <c>$eq $lt $lte $gt $gte $exists $type $in $v…</c>.</summary>
internal static class ScalarTests
{
    public enum Order
    {
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Equal,
    }

    /// <summary><c>$eq</c>, without conversion of types. No list or object equals another.</summary>
    public static ValueTest Equal(in AttributeValue literal) => new Included(new ScalarSet([literal], ignoreCase: false), listsToo: false);

    /// <summary><c>$in</c>; of a list, any element.</summary>
    public static ValueTest In(ScalarSet set) => new Included(set, listsToo: true);

    /// <summary><c>$lt</c> and its like: by UTF-16 units between two texts, as numbers otherwise.</summary>
    public static ValueTest Compare(Order order, in AttributeValue literal) => new Relation(order, literal);

    /// <summary><c>$vlt</c> and its like.</summary>
    public static ValueTest CompareVersion(Order order, in AttributeValue literal) => new VersionRelation(order, VersionOrder.Of(literal));

    public static ValueTest Exists(bool expected) => new Existence(expected);

    /// <summary><c>$type</c>; null when no type has that name.</summary>
    public static ValueTest? Type(string name) => name switch
    {
        "null" => new OfKind(AttributeKind.Null),
        "boolean" => new OfKind(AttributeKind.Boolean),
        "number" => new OfKind(AttributeKind.Number),
        "string" => new OfKind(AttributeKind.String),
        "array" => new OfKind(AttributeKind.List),
        "object" => new OfKind(AttributeKind.Object),
        _ => null,
    };

    private static bool IsText(AttributeKind kind) => kind is AttributeKind.String or AttributeKind.List or AttributeKind.Object;

    private static bool Holds(Order order, int comparison) => order switch
    {
        Order.Less => comparison < 0,
        Order.LessOrEqual => comparison <= 0,
        Order.Greater => comparison > 0,
        Order.GreaterOrEqual => comparison >= 0,
        _ => comparison == 0,
    };

    private sealed class Included(ScalarSet set, bool listsToo) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => (listsToo || value.Kind != AttributeKind.List) && set.Includes(value);

        public override bool Names(List<string> texts) => set.Names(texts);
    }

    private sealed class Existence(bool expected) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => value.IsNothing != expected;
    }

    private sealed class OfKind(AttributeKind kind) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => value.Kind == kind || (kind == AttributeKind.Null && value.IsNothing);
    }

    private sealed class Relation(Order order, AttributeValue literal) : ValueTest
    {
        private readonly string? _text = IsText(literal.Kind) ? JsText.Of(literal) : null;
        private readonly double _number = JsNumber.Of(literal);

        public override bool Holds(in AttributeValue value)
        {
            if (_text is not null && IsText(value.Kind))
            {
                return ScalarTests.Holds(order, string.CompareOrdinal(JsText.Of(value), _text));
            }

            double number = JsNumber.Of(value);
            return order switch
            {
                Order.Less => number < _number,
                Order.LessOrEqual => number <= _number,
                Order.Greater => number > _number,
                _ => number >= _number,
            };
        }
    }

    private sealed class VersionRelation(Order order, string padded) : ValueTest
    {
        private const int StackChars = 256;

        public override bool Holds(in AttributeValue value)
        {
            if (value.Kind == AttributeKind.String)
            {
                return HoldsFor(value.AsString);
            }

            Span<char> number = stackalloc char[JsNumber.MaxLength];
            int length = value.Kind == AttributeKind.Number ? JsNumber.Format(value.AsNumber, number) : 0;
            return HoldsFor(number[..length]);
        }

        private bool HoldsFor(ReadOnlySpan<char> version)
        {
            int room = VersionOrder.MaxLength(version.Length);
            if (room <= StackChars)
            {
                Span<char> stack = stackalloc char[StackChars];
                return HoldsFor(version, stack);
            }

            char[] rented = ArrayPool<char>.Shared.Rent(room);
            bool holds = HoldsFor(version, rented);
            ArrayPool<char>.Shared.Return(rented);
            return holds;
        }

        private bool HoldsFor(ReadOnlySpan<char> version, Span<char> buffer) =>
            ScalarTests.Holds(order, ((ReadOnlySpan<char>)buffer[..VersionOrder.Write(version, buffer)]).SequenceCompareTo(padded));
    }
}
