namespace Footprint.Grid.Node.Import;

/// <summary>What is wrong with one line of the file.</summary>
/// <param name="Field">Inside the item, for example <c>topics[0].weight</c>; empty when no field is at fault.</param>
internal sealed record LineFault(long Line, string Field, string Message, string Limit = "")
{
    public override string ToString() =>
        $"line {Line}: {(Field.Length > 0 ? Field + ": " : "")}{Message}{(Limit.Length > 0 ? $" (limit: {Limit})" : "")}";
}
