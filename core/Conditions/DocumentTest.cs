namespace Footprint.Grid.Core.Conditions;

/// <summary>One compiled statement about a whole client or object.</summary>
internal abstract class DocumentTest
{
    public static DocumentTest Always { get; } = new Constant(true);

    public static DocumentTest Never { get; } = new Constant(false);

    public abstract bool Holds(IAttributes attributes);

    /// <summary>As <see cref="ValueTest.Names"/>, of the value at a path.</summary>
    public virtual bool Names(string path, List<string> texts) => false;

    /// <summary>All of them; true when there are none.</summary>
    public static DocumentTest All(DocumentTest[] tests) => tests.Length switch
    {
        0 => Always,
        1 => tests[0],
        _ => new AllOf(tests),
    };

    /// <summary>Any of them; true when there are none.</summary>
    public static DocumentTest Any(DocumentTest[] tests) => tests.Length switch
    {
        0 => Always,
        1 => tests[0],
        _ => new AnyOf(tests),
    };

    public static DocumentTest Not(DocumentTest test) => new Negation(test);

    public static DocumentTest At(string path, ValueTest test) => new AtPath(new AttributePath(path), test);

    private sealed class Constant(bool holds) : DocumentTest
    {
        public override bool Holds(IAttributes attributes) => holds;
    }

    private sealed class AllOf(DocumentTest[] tests) : DocumentTest
    {
        public override bool Holds(IAttributes attributes)
        {
            foreach (DocumentTest test in tests)
            {
                if (!test.Holds(attributes))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Names(string path, List<string> texts)
        {
            foreach (DocumentTest test in tests)
            {
                if (test.Names(path, texts))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class AnyOf(DocumentTest[] tests) : DocumentTest
    {
        public override bool Holds(IAttributes attributes)
        {
            foreach (DocumentTest test in tests)
            {
                if (test.Holds(attributes))
                {
                    return true;
                }
            }

            return false;
        }

        public override bool Names(string path, List<string> texts)
        {
            int before = texts.Count;
            foreach (DocumentTest test in tests)
            {
                if (!test.Names(path, texts))
                {
                    texts.RemoveRange(before, texts.Count - before);
                    return false;
                }
            }

            return true;
        }
    }

    private sealed class Negation(DocumentTest test) : DocumentTest
    {
        public override bool Holds(IAttributes attributes) => !test.Holds(attributes);
    }

    private sealed class AtPath(AttributePath path, ValueTest test) : DocumentTest
    {
        public override bool Holds(IAttributes attributes) => test.Holds(attributes.Resolve(path));

        public override bool Names(string at, List<string> texts) => path.Full == at && test.Names(texts);
    }
}
