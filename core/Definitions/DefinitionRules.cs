using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Core.Definitions;

/// <summary>What holds for the definitions of every kind.</summary>
internal static class DefinitionRules
{
    /// <summary>At most that many in the order of their ids (ordinal), after the given one.</summary>
    public static IReadOnlyList<T> Page<T>(IEnumerable<T> rows, Func<T, string> id, string after, int size) =>
        [.. rows.Where(r => string.CompareOrdinal(id(r), after) > 0).OrderBy(id, StringComparer.Ordinal).Take(size)];

    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: more than <paramref name="most"/> would be defined.</exception>
    public static void ThrowIfTooMany(string kind, int count, int most)
    {
        if (count > most)
        {
            string message = $"{kind} would be {count} in all, and a tenant may have {most}.";
            throw new GridException(Code.FailedPrecondition, message, [new Fault(kind, message, $"{most}")]);
        }
    }
}
