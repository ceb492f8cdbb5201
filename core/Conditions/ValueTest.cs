namespace Footprint.Grid.Core.Conditions;

/// <summary>One compiled statement about the value at a path.</summary>
internal abstract class ValueTest
{
    public static ValueTest Never { get; } = new Constant(false);

    public abstract bool Holds(in AttributeValue value);

    /// <summary>
    /// Adds texts of which the value is one, or a list that holds one, wherever this holds of a text or a list of texts; false,
    /// with nothing added, where it may hold without.
    /// </summary>
    public virtual bool Names(List<string> texts) => false;

    /// <summary>All of them; true when there are none.</summary>
    public static ValueTest All(ValueTest[] tests) => tests.Length == 1 ? tests[0] : new AllOf(tests);

    public static ValueTest Not(ValueTest test) => new Negation(test);

    private sealed class Constant(bool holds) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => holds;
    }

    private sealed class AllOf(ValueTest[] tests) : ValueTest
    {
        public override bool Holds(in AttributeValue value)
        {
            foreach (ValueTest test in tests)
            {
                if (!test.Holds(value))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Names(List<string> texts)
        {
            foreach (ValueTest test in tests)
            {
                if (test.Names(texts))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Negation(ValueTest test) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => !test.Holds(value);
    }
}
