namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// A dotted path of a condition, taken apart once when the condition is compiled: <c>counters.view.lastDay</c> has the
/// root <c>counters</c>, the rest <c>view.lastDay</c> and three segments. A source whose own keys may hold dots (a topic)
/// looks up <see cref="Rest"/> as a whole.
/// </summary>
public sealed class AttributePath
{
    private readonly string[] _segments;

    public AttributePath(string full)
    {
        ArgumentNullException.ThrowIfNull(full);
        Full = full;
        _segments = full.Split('.');
        Root = _segments[0];
        Rest = _segments.Length == 1 ? "" : full[(Root.Length + 1)..];
    }

    /// <summary>The path as written.</summary>
    public string Full { get; }

    /// <summary>Up to the first dot.</summary>
    public string Root { get; }

    /// <summary>After the first dot; empty when there is none.</summary>
    public string Rest { get; }

    /// <summary>The parts between dots; at least one.</summary>
    public ReadOnlySpan<string> Segments => _segments;

    /// <summary>
    /// Follows the segments from the given one on into a value: properties of objects and positions of lists. Missing
    /// as soon as a segment leads nowhere.
    /// </summary>
    public AttributeValue Walk(AttributeValue from, int firstSegment = 0)
    {
        AttributeValue current = from;
        for (int i = firstSegment; i < _segments.Length; i++)
        {
            current = current.Kind switch
            {
                AttributeKind.Object => current.AsObject.Property(_segments[i]),
                AttributeKind.List => current.ElementAt(_segments[i]),
                _ => AttributeValue.Missing,
            };
        }

        return current;
    }

    public override string ToString() => Full;
}
