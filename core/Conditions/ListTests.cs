namespace Footprint.Grid.Core.Conditions;

/// <summary>Operators that look into a list: <c>$size $all $elemMatch</c>. All are false for what is no list.</summary>
internal static class ListTests
{
    public static ValueTest Size(ValueTest test) => new SizeTest(test);

    /// <summary>For each test some element that passes it.</summary>
    public static ValueTest All(ValueTest[] tests) => new AllTest(tests);

    /// <summary>An element that is truthy and passes.</summary>
    public static ValueTest Element(ValueTest test) => new ElementTest(test);

    /// <summary>An element that is truthy and passes as a document of its own.</summary>
    public static ValueTest Element(DocumentTest test) => new ElementTest(new AsDocument(test));

    private sealed class SizeTest(ValueTest test) : ValueTest
    {
        public override bool Holds(in AttributeValue value) =>
            value.Kind == AttributeKind.List && test.Holds(AttributeValue.Of((double)value.Count));
    }

    private sealed class AllTest(ValueTest[] tests) : ValueTest
    {
        public override bool Holds(in AttributeValue value)
        {
            if (value.Kind != AttributeKind.List)
            {
                return false;
            }

            foreach (ValueTest test in tests)
            {
                if (!Any(value, test))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Names(List<string> texts) => tests.Length > 0 && tests[0].Names(texts);

        private static bool Any(in AttributeValue list, ValueTest test)
        {
            for (int i = 0; i < list.Count; i++)
            {
                if (test.Holds(list[i]))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class ElementTest(ValueTest test) : ValueTest
    {
        public override bool Holds(in AttributeValue value)
        {
            if (value.Kind != AttributeKind.List)
            {
                return false;
            }

            for (int i = 0; i < value.Count; i++)
            {
                AttributeValue element = value[i];
                if (JsText.IsTruthy(element) && test.Holds(element))
                {
                    return true;
                }
            }

            return false;
        }

        public override bool Names(List<string> texts) => test.Names(texts);
    }

    private sealed class AsDocument(DocumentTest test) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => value.Kind switch
        {
            AttributeKind.Object => test.Holds(value.AsObject),
            AttributeKind.List => test.Holds(new Positions(value)),
            _ => test.Holds(AttributeDocument.Empty),
        };
    }

    /// <summary>A list inside a list as a document whose paths start with a position.</summary>
    private sealed class Positions(AttributeValue list) : IAttributes
    {
        public AttributeValue Resolve(AttributePath path) => path.Walk(list);
    }
}
