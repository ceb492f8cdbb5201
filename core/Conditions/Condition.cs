using System.Text.Json;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// A targeting condition in the MongoDB-style JSON that GrowthBook made a standard, compiled once into a tree of tests;
/// nothing of the JSON is read when it is evaluated. Immutable and safe from any thread.
/// </summary>
/// <remarks>
/// An object holds when all of its properties do. A property is <c>$and</c>, <c>$or</c>, <c>$nor</c> (lists of conditions),
/// <c>$not</c> (a condition), or a dotted path beside a plain value or an object of operators: <c>$eq $ne $lt $lte $gt
/// $gte</c>, <c>$veq $vne $vlt $vlte $vgt $vgte</c> (versions), <c>$in $nin $all</c> (<c>$ini $nini $alli</c> without regard to
/// letter case), <c>$regex $regexi</c>, <c>$exists</c>, <c>$type</c>, <c>$size</c>, <c>$elemMatch</c>, <c>$not</c>, <c>$inGroup
/// $notInGroup</c>. Values are converted as ECMAScript does: a missing value counts as null, and as 0 beside a number. Two
/// things are ours: objects are equal in any order of their properties, since a protobuf map has none, and regular
/// expressions that need more than linear time are refused and match no text past a bound. Bounds are in <see cref="ConditionLimits"/>.
/// </remarks>
public sealed class Condition
{
    private readonly DocumentTest _test;

    private Condition(DocumentTest test) => _test = test;

    /// <summary>Holds for everybody.</summary>
    public static Condition Always { get; } = new(DocumentTest.Always);

    /// <summary>Holds for nobody.</summary>
    public static Condition Never { get; } = new(DocumentTest.Never);

    /// <summary>
    /// Compiles a condition and adds a fault for all that is wrong with it, the fields named from <paramref name="field"/>.
    /// A condition with faults must not decide anything: its faulty parts never hold, which a <c>$not</c> around them turns
    /// into everybody.
    /// </summary>
    public static Condition Compile(Struct condition, ICollection<Fault> faults, string field = "targeting", IConditionGroups? groups = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var reader = new LiteralReader();
        return Compile(reader.Read(condition), reader.Fault, faults, field, groups);
    }

    /// <inheritdoc cref="Compile(Struct, ICollection{Fault}, string, IConditionGroups?)"/>
    public static Condition Compile(JsonElement condition, ICollection<Fault> faults, string field = "targeting", IConditionGroups? groups = null)
    {
        var reader = new LiteralReader();
        return Compile(reader.Read(condition), reader.Fault, faults, field, groups);
    }

    /// <summary>Whether it holds. Does not allocate, apart from odd conversions such as a list compared with a text by order.</summary>
    public bool Evaluate(IAttributes attributes) => _test.Holds(attributes);

    /// <summary>
    /// Adds texts of which the value at a path is one, or a list that holds one, wherever the condition holds and a text or a
    /// list of texts is there: one need not look elsewhere. False, with nothing added, where it may hold without.
    /// </summary>
    internal bool Names(string path, List<string> texts) => _test.Names(path, texts);

    private static Condition Compile(AttributeValue literal, Fault? unread, ICollection<Fault> faults, string field, IConditionGroups? groups)
    {
        if (unread is not null)
        {
            string where = field + unread.Field;
            faults.Add(new Fault(where, $"{where} {unread.Message}", unread.Limit));
            return Never;
        }

        return new Condition(new ConditionCompiler(faults, field, groups).Compile(literal));
    }
}
