namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// A path with a plain value beside it, such as <c>{"age": 30}</c>: the found value is converted to the kind of the written
/// one first. Lists compare element by element, objects property by property in any order, both without conversion.
/// </summary>
internal static class LooseEquality
{
    public static ValueTest Of(in AttributeValue literal, bool ignoreCase = false) => literal.Kind switch
    {
        AttributeKind.String when ignoreCase => new TextIgnoringCase(literal.AsString),
        AttributeKind.String => new Text(literal.AsString),
        AttributeKind.Number => new Number(literal.AsNumber),
        AttributeKind.Boolean => new Truth(literal.AsBoolean),
        AttributeKind.List or AttributeKind.Object => new Structure(literal),
        _ => new Nothing(),
    };

    private static bool SameJson(in AttributeValue value, in AttributeValue literal)
    {
        switch (literal.Kind)
        {
            case AttributeKind.Boolean:
                return value.Kind == AttributeKind.Boolean && value.AsBoolean == literal.AsBoolean;
            case AttributeKind.Number:
                return value.Kind == AttributeKind.Number && value.AsNumber == literal.AsNumber;
            case AttributeKind.String:
                return value.Kind == AttributeKind.String && value.AsString == literal.AsString;
            case AttributeKind.List:
                return value.Kind == AttributeKind.List && SameElements(value, literal);
            case AttributeKind.Object:
                return value.Kind == AttributeKind.Object && SameProperties(value.AsObject, (AttributeDocument)literal.AsObject);
            default:
                return value.IsNothing;
        }
    }

    private static bool SameElements(in AttributeValue value, in AttributeValue literal)
    {
        if (value.Count != literal.Count)
        {
            return false;
        }

        for (int i = 0; i < literal.Count; i++)
        {
            if (!SameJson(value[i], literal[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameProperties(IAttributeObject value, AttributeDocument literal)
    {
        if (value.Count != literal.Count)
        {
            return false;
        }

        foreach (KeyValuePair<string, AttributeValue> property in literal.Properties)
        {
            AttributeValue found = value.Property(property.Key);
            if (found.Kind == AttributeKind.Missing || !SameJson(found, property.Value))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Text(string literal) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => JsText.Same(value, literal);

        // What is missing reads "null", a list of nothing as no text, and one of several has commas in between.
        public override bool Names(List<string> texts)
        {
            bool isOne = literal is not ("" or "null") && !literal.Contains(',');
            if (isOne)
            {
                texts.Add(literal);
            }

            return isOne;
        }
    }

    private sealed class TextIgnoringCase(string literal) : ValueTest
    {
        private readonly ScalarSet _only = new([AttributeValue.Of(literal)], ignoreCase: true);

        public override bool Holds(in AttributeValue value) =>
            _only.Includes(value.Kind == AttributeKind.String ? value : AttributeValue.Of(JsText.Of(value)));
    }

    private sealed class Number(double literal) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => JsNumber.Of(value) == literal;
    }

    private sealed class Truth(bool literal) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => !value.IsNothing && JsText.IsTruthy(value) == literal;
    }

    private sealed class Nothing : ValueTest
    {
        public override bool Holds(in AttributeValue value) => value.IsNothing;
    }

    private sealed class Structure(AttributeValue literal) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => SameJson(value, literal);
    }
}
