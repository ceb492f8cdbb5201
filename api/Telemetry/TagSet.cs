namespace Footprint.Grid.Api.Telemetry;

/// <summary>The tags of a measurement, kept as they came so that the next one is found without sorting or formatting.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags)
{
    public static readonly IEqualityComparer<TagSet> Comparer = new TagComparer();

    private readonly KeyValuePair<string, object?>[] _tags = tags;

    private static bool Same(ReadOnlySpan<KeyValuePair<string, object?>> left, ReadOnlySpan<KeyValuePair<string, object?>> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Key != right[i].Key || !Equals(left[i].Value, right[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    private static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = tags.Length;
        foreach (var tag in tags)
        {
            // The keys hardly differ within one instrument; the values tell the series apart.
            hash = (hash * 31) + (tag.Value?.GetHashCode() ?? 0);
        }

        return hash;
    }

    private sealed class TagComparer
        : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Same(x._tags, y._tags));

        public int GetHashCode(TagSet obj) => Hash(obj._tags);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other) => Same(alternate, other._tags);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => Hash(alternate);

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());
    }
}
