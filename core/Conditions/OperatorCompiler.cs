using static Footprint.Grid.Core.Conditions.ScalarTests;

namespace Footprint.Grid.Core.Conditions;

/// <summary>Compiles what stands beside a path: a plain value, or an object of operators that must all hold.</summary>
internal sealed class OperatorCompiler(ConditionCompiler documents, CompileTrail trail, IConditionGroups? groups)
{
    private static readonly HashSet<string> _known =
    [
        "$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte", "$exists", "$type", "$regex", "$regexi",
        "$in", "$nin", "$ini", "$nini", "$inGroup", "$notInGroup", "$all", "$alli", "$size", "$elemMatch", "$not",
    ];

    private int _patterns;

    public static bool IsOperator(string key) => _known.Contains(key) && key != "$not";

    public ValueTest Compile(in AttributeValue operand, bool ignoreCase = false)
    {
        if (!HasOperators(operand, out bool mixed))
        {
            if (mixed)
            {
                trail.Fault("must not mix operators with names of properties.");
            }

            return LooseEquality.Of(operand, ignoreCase);
        }

        Dictionary<string, AttributeValue> properties = ((AttributeDocument)operand.AsObject).Properties;
        var tests = new ValueTest[properties.Count];
        int i = 0;
        foreach (KeyValuePair<string, AttributeValue> property in properties)
        {
            trail.Enter(property.Key);
            tests[i++] = Compile(property.Key, property.Value);
            trail.Leave();
        }

        return ValueTest.All(tests);
    }

    /// <summary>An object that is not empty and has operators only.</summary>
    private static bool HasOperators(in AttributeValue operand, out bool mixed)
    {
        mixed = false;
        if (operand.Kind != AttributeKind.Object || operand.AsObject.Count == 0)
        {
            return false;
        }

        int operators = 0;
        foreach (string key in ((AttributeDocument)operand.AsObject).Properties.Keys)
        {
            operators += key.StartsWith('$') ? 1 : 0;
        }

        mixed = operators > 0 && operators < operand.AsObject.Count;
        return operators == operand.AsObject.Count;
    }

    private ValueTest Compile(string name, in AttributeValue operand) => name switch
    {
        "$eq" => Scalar(operand),
        "$ne" => ValueTest.Not(Scalar(operand)),
        "$lt" => Compare(Order.Less, operand),
        "$lte" => Compare(Order.LessOrEqual, operand),
        "$gt" => Compare(Order.Greater, operand),
        "$gte" => Compare(Order.GreaterOrEqual, operand),
        "$veq" => Version(Order.Equal, operand),
        "$vne" => ValueTest.Not(Version(Order.Equal, operand)),
        "$vlt" => Version(Order.Less, operand),
        "$vlte" => Version(Order.LessOrEqual, operand),
        "$vgt" => Version(Order.Greater, operand),
        "$vgte" => Version(Order.GreaterOrEqual, operand),
        "$exists" => Exists(JsText.IsTruthy(operand)),
        "$type" => (operand.Kind == AttributeKind.String ? ScalarTests.Type(operand.AsString) : null)
            ?? Never("must be one of string, number, boolean, array, object, null."),
        "$regex" => Pattern(operand, ignoreCase: false),
        "$regexi" => Pattern(operand, ignoreCase: true),
        "$in" => Membership(operand, ignoreCase: false, negate: false),
        "$nin" => Membership(operand, ignoreCase: false, negate: true),
        "$ini" => Membership(operand, ignoreCase: true, negate: false),
        "$nini" => Membership(operand, ignoreCase: true, negate: true),
        "$inGroup" => Group(operand, negate: false),
        "$notInGroup" => Group(operand, negate: true),
        "$all" => Every(operand, ignoreCase: false),
        "$alli" => Every(operand, ignoreCase: true),
        "$size" => ListTests.Size(Compile(operand)),
        "$elemMatch" => Element(operand),
        "$not" => ValueTest.Not(Compile(operand)),
        _ => Never("is not an operator."),
    };

    private ValueTest Never(string message, int? limit = null)
    {
        trail.Fault(message, limit);
        return ValueTest.Never;
    }

    private ValueTest Scalar(in AttributeValue operand)
    {
        if (operand.Kind is AttributeKind.List or AttributeKind.Object)
        {
            trail.Fault("must be a string, a number, a boolean or null; a whole list or object goes beside the path itself.");
        }

        return Equal(operand);
    }

    private ValueTest Version(Order order, in AttributeValue operand)
    {
        if (operand.Kind is not (AttributeKind.String or AttributeKind.Number))
        {
            trail.Fault("must be a version.");
        }

        return CompareVersion(order, operand);
    }

    private ValueTest Membership(in AttributeValue operand, bool ignoreCase, bool negate)
    {
        if (operand.Kind != AttributeKind.List)
        {
            return Never("must be a list.");
        }

        var elements = new AttributeValue[operand.Count];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = operand[i];
            if (elements[i].Kind is AttributeKind.List or AttributeKind.Object)
            {
                trail.Fault("must hold strings, numbers, booleans and null only.");
                break;
            }
        }

        ValueTest test = In(new ScalarSet(elements, ignoreCase));
        return negate ? ValueTest.Not(test) : test;
    }

    private ValueTest Group(in AttributeValue operand, bool negate)
    {
        if (operand.Kind != AttributeKind.String)
        {
            return Never("must name a group.");
        }

        ValueTest test = In(new ScalarSet(groups?.Find(operand.AsString) ?? [], ignoreCase: false));
        return negate ? ValueTest.Not(test) : test;
    }

    private ValueTest Every(in AttributeValue operand, bool ignoreCase)
    {
        if (operand.Kind != AttributeKind.List)
        {
            return Never("must be a list.");
        }

        var tests = new ValueTest[operand.Count];
        for (int i = 0; i < tests.Length; i++)
        {
            trail.Enter(i);
            tests[i] = Compile(operand[i], ignoreCase);
            trail.Leave();
        }

        return ListTests.All(tests);
    }

    private ValueTest Element(in AttributeValue operand)
    {
        if (operand.Kind != AttributeKind.Object)
        {
            return Never("must be an object.");
        }

        return HasOperators(operand, out _) ? ListTests.Element(Compile(operand)) : ListTests.Element(documents.Compile(operand));
    }

    private ValueTest Pattern(in AttributeValue operand, bool ignoreCase)
    {
        if (operand.Kind != AttributeKind.String)
        {
            return Never("must be a regular expression.");
        }

        if (operand.AsString.Length > ConditionLimits.MaxRegexLength)
        {
            return Never("is too long a regular expression.", ConditionLimits.MaxRegexLength);
        }

        if (++_patterns > ConditionLimits.MaxRegexes)
        {
            return Never("is one regular expression too many.", ConditionLimits.MaxRegexes);
        }

        if (PatternReader.Read(operand.AsString, out string? error) is not { } pattern)
        {
            return Never(error!);
        }

        try
        {
            return new PatternTest(pattern, ignoreCase);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Never("is not a regular expression that can be matched in linear time.");
        }
    }
}
