using Footprint.Grid.Core.Consent;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Segments;

/// <summary>
/// What data a condition on a client may read, by its paths alone: to look at what it came across in one profile would tell
/// whether something withheld is there.
/// </summary>
internal static class SegmentReads
{
    private const string ClientId = "clientId";

    /// <summary>The categories; null when it asks for what a client does not have (the context, the placement, segments).</summary>
    public static DataCategories? Of(Struct condition) => Find(condition, out DataCategories reads) is null ? reads : null;

    /// <summary>Of a condition that may also ask for the request: that is no data of the client's. Segments may read anything.</summary>
    public static DataCategories OfTargeting(Struct condition)
    {
        Find(condition, out DataCategories reads);
        return reads;
    }

    /// <summary>Whether it asks who the client is, anywhere in it.</summary>
    public static bool NamesClients(Struct condition)
    {
        foreach ((string key, Google.Protobuf.WellKnownTypes.Value operand) in condition.Fields)
        {
            if (IsOperator(key) ? IsNamedInside(operand) : RootOf(key) == ClientId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first path that is none of a client, or null.</summary>
    public static string? Foreign(Struct condition) => Find(condition, out _);

    private static string? Find(Struct condition, out DataCategories reads)
    {
        reads = DataCategories.None;
        string? first = null;
        foreach ((string key, Google.Protobuf.WellKnownTypes.Value operand) in condition.Fields)
        {
            DataCategories more;
            string? foreign = IsOperator(key) ? Inside(operand, out more) : Root(key, out more);
            reads |= more;
            first ??= foreign;
        }

        return first;
    }

    private static string? Inside(Google.Protobuf.WellKnownTypes.Value operand, out DataCategories reads)
    {
        reads = DataCategories.None;
        if (operand.KindCase == Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StructValue)
        {
            return Find(operand.StructValue, out reads);
        }

        string? first = null;
        for (int i = 0; i < (operand.ListValue?.Values.Count ?? 0); i++)
        {
            string? foreign = Inside(operand.ListValue!.Values[i], out DataCategories more);
            reads |= more;
            first ??= foreign;
        }

        return first;
    }

    private static bool IsNamedInside(Google.Protobuf.WellKnownTypes.Value operand) =>
        operand.KindCase == Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StructValue
            ? NamesClients(operand.StructValue)
            : operand.ListValue?.Values.Any(IsNamedInside) == true;

    private static bool IsOperator(string key) => key is "$and" or "$or" or "$nor" or "$not";

    private static string RootOf(string path)
    {
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? path : path[..dot];
    }

    private static string? Root(string path, out DataCategories reads)
    {
        string root = RootOf(path);
        DataCategories? known = root switch
        {
            ClientId => DataCategories.None,
            "interests" => DataCategories.Evidence,
            "counters" or "session" or "daysSinceLastSeen" => DataCategories.Acts,

            // What was bought may have been declared by the same act.
            "money" => DataCategories.Purchases | DataCategories.Declared,

            // A trait's category is its own, and what a trait of that name is in some profile is not known beforehand.
            "traits" => DataCategories.All,
            _ => null,
        };
        reads = known ?? (root == "segments" ? DataCategories.All : DataCategories.None);
        return known is null ? path : null;
    }
}
