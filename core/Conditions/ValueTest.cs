namespace Footprint.Grid.Core.Conditions;

/// <summary>One compiled statement about the value at a path.</summary>
internal abstract class ValueTest
{
    public static ValueTest Never { get; } = new Constant(false);

    public abstract bool Holds(in AttributeValue value);

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
    }

    private sealed class Negation(ValueTest test) : ValueTest
    {
        public override bool Holds(in AttributeValue value) => !test.Holds(value);
    }
}
