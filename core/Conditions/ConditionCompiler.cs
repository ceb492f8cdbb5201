using Footprint.Grid.Engine;

namespace Footprint.Grid.Core.Conditions;

/// <summary>Compiles the document level of a condition: paths and <c>$and $or $nor $not</c>.</summary>
internal sealed class ConditionCompiler
{
    private readonly OperatorCompiler _operators;
    private readonly CompileTrail _trail;

    public ConditionCompiler(ICollection<Fault> faults, string field, IConditionGroups? groups)
    {
        _trail = new CompileTrail(faults, field);
        _operators = new OperatorCompiler(this, _trail, groups);
    }

    /// <summary>A part that has a fault compiles into a test that never holds.</summary>
    public DocumentTest Compile(in AttributeValue condition)
    {
        if (condition.Kind != AttributeKind.Object)
        {
            _trail.Fault("must be an object.");
            return DocumentTest.Never;
        }

        Dictionary<string, AttributeValue> properties = ((AttributeDocument)condition.AsObject).Properties;
        var tests = new DocumentTest[properties.Count];
        int i = 0;
        foreach (KeyValuePair<string, AttributeValue> property in properties)
        {
            _trail.Enter(property.Key);
            tests[i++] = Compile(property.Key, property.Value);
            _trail.Leave();
        }

        return DocumentTest.All(tests);
    }

    private DocumentTest Compile(string key, in AttributeValue operand)
    {
        switch (key)
        {
            case "$and":
                return CompileList(operand) is { } all ? DocumentTest.All(all) : DocumentTest.Never;
            case "$or":
                return CompileList(operand) is { } any ? DocumentTest.Any(any) : DocumentTest.Never;
            case "$nor":
                return CompileList(operand) is { } none ? DocumentTest.Not(DocumentTest.Any(none)) : DocumentTest.Never;
            case "$not":
                return DocumentTest.Not(Compile(operand));
        }

        if (OperatorCompiler.IsOperator(key))
        {
            _trail.Fault("is an operator and needs a path before it.");
        }

        if (key.Length > ConditionLimits.MaxPathLength)
        {
            _trail.Fault("is too long a path.", ConditionLimits.MaxPathLength);
            return DocumentTest.Never;
        }

        return DocumentTest.At(key, _operators.Compile(operand));
    }

    private DocumentTest[]? CompileList(in AttributeValue operand)
    {
        if (operand.Kind != AttributeKind.List)
        {
            _trail.Fault("must be a list of conditions.");
            return null;
        }

        var tests = new DocumentTest[operand.Count];
        for (int i = 0; i < tests.Length; i++)
        {
            _trail.Enter(i);
            tests[i] = Compile(operand[i]);
            _trail.Leave();
        }

        return tests;
    }
}
