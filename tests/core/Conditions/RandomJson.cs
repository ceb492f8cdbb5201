using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Conditions;

/// <summary>Random documents, sound conditions on them, and JSON that is dressed up as a condition.</summary>
internal static class RandomJson
{
    private static readonly Gen<string> _scalar = Gen.Elements(
        "null", "true", "false", "0", "1", "-1", "2.5", "1e21", "\"\"", "\"a\"", "\"A\"", "\"b\"", "\"1\"", "\"1.2.3\"", "\"v1.2.3-rc.1\"", "\"null\"");

    private static readonly Gen<string> _path = Gen.Elements("a", "b", "a.b", "a.0", "b.c.d", "c", "");

    private static readonly Gen<string> _anyKey = Gen.OneOf(_path, Gen.Elements(
        "$and", "$or", "$nor", "$not", "$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$veq", "$vgt", "$vlte", "$exists", "$type", "$regex", "$regexi",
        "$in", "$nin", "$ini", "$nini", "$all", "$alli", "$size", "$elemMatch", "$inGroup", "$notInGroup", "$wrong", "$"));

    public static Gen<string> Document { get; } = Gen.Sized(size => Object(Gen.Elements("a", "b", "c", "d"), Math.Min(size, 6)));

    public static Gen<string> Anything { get; } = Gen.Sized(size => Value(_anyKey, Math.Min(size, 8)));

    public static Gen<string> Condition { get; } = Gen.Sized(size => SoundCondition(Math.Min(size, 4)));

    private static Gen<string> SoundCondition(int depth)
    {
        Gen<string> leaf = from path in _path from test in Test(depth) select $$"""{"{{path}}":{{test}}}""";
        if (depth <= 0)
        {
            return leaf;
        }

        Gen<string> inner = SoundCondition(depth - 1);
        Gen<string> group =
            from name in Gen.Elements("$and", "$or", "$nor")
            from parts in Few(inner)
            select $$"""{"{{name}}":[{{parts}}]}""";
        return Gen.OneOf(leaf, leaf, group, inner.Select(c => $$"""{"$not":{{c}}}"""));
    }

    private static Gen<string> Test(int depth)
    {
        Gen<string> compare =
            from name in Gen.Elements("$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$exists")
            from value in _scalar
            select $$"""{"{{name}}":{{value}}}""";
        Gen<string> version =
            from name in Gen.Elements("$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte")
            from value in Gen.Elements("\"1.2.3\"", "\"1.2.3-rc.2\"", "2")
            select $$"""{"{{name}}":{{value}}}""";
        Gen<string> list =
            from name in Gen.Elements("$in", "$nin", "$ini", "$nini", "$all", "$alli")
            from values in Few(_scalar)
            select $$"""{"{{name}}":[{{values}}]}""";
        Gen<string> other = Gen.Elements("""{"$regex":"^[a1]"}""", """{"$regexi":"A|n"}""", """{"$type":"array"}""", """{"$size":{"$gt":1}}""");
        if (depth <= 0)
        {
            return Gen.OneOf(_scalar, compare, version, list, other);
        }

        Gen<string> nested = from name in Gen.Elements("$not", "$size", "$elemMatch") from c in compare select $$"""{"{{name}}":{{c}}}""";
        return Gen.OneOf(_scalar, compare, version, list, other, nested, Value(Gen.Elements("a", "b"), 2));
    }

    private static Gen<string> Value(Gen<string> key, int depth)
    {
        if (depth <= 0)
        {
            return _scalar;
        }

        Gen<string> list = Few(Value(key, depth / 2)).Select(values => $"[{values}]");
        return Gen.OneOf(_scalar, list, Object(key, depth));
    }

    private static Gen<string> Object(Gen<string> key, int depth)
    {
        Gen<string> property = from name in key from value in Value(key, depth / 2) select $"\"{name}\":{value}";
        return Few(property).Select(properties => $"{{{properties}}}");
    }

    private static Gen<string> Few(Gen<string> one) =>
        from count in Gen.Choose(0, 3)
        from parts in Gen.ListOf(one, count)
        select string.Join(',', parts);
}
