namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// Writes a version so that ordinal order of the results is the order of versions: a leading v and build information
/// dropped, parts between dots and dashes joined by dashes, numeric parts padded with spaces to five, and a version of
/// exactly three parts closed with "~", which sorts it after its own pre-releases.
/// </summary>
internal static class VersionOrder
{
    private const int NumberWidth = 5;

    /// <summary>Room that <see cref="Write"/> needs: at worst every other character is a one-digit part.</summary>
    public static int MaxLength(int versionLength) => (versionLength * 3) + 8;

    public static int Write(ReadOnlySpan<char> version, Span<char> into)
    {
        if (version.IsEmpty)
        {
            version = "0";
        }

        int build = version.IndexOf('+');
        if (build >= 0)
        {
            version = version[..build];
        }

        if (version.Length > 0 && version[0] == 'v')
        {
            version = version[1..];
        }

        int length = 0;
        int parts = 0;
        while (true)
        {
            int end = version.IndexOfAny('-', '.');
            ReadOnlySpan<char> part = end < 0 ? version : version[..end];
            if (parts++ > 0)
            {
                into[length++] = '-';
            }

            if (part.Length > 0 && part.Length < NumberWidth && IsNumber(part))
            {
                into.Slice(length, NumberWidth - part.Length).Fill(' ');
                length += NumberWidth - part.Length;
            }

            part.CopyTo(into[length..]);
            length += part.Length;
            if (end < 0)
            {
                break;
            }

            version = version[(end + 1)..];
        }

        if (parts == 3)
        {
            "-~".CopyTo(into[length..]);
            length += 2;
        }

        return length;
    }

    public static string Of(in AttributeValue version)
    {
        string text = version.Kind is AttributeKind.String or AttributeKind.Number ? JsText.Of(version) : "";
        var padded = new char[MaxLength(text.Length)];
        return new string(padded, 0, Write(text, padded));
    }

    private static bool IsNumber(ReadOnlySpan<char> part)
    {
        foreach (char c in part)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
