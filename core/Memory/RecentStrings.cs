using System.Text;

namespace Footprint.Grid.Core.Memory;

/// <summary>
/// Gives one string for many equal ones, of the few that come again and again. Each request brings a string of its own;
/// kept in a profile it would live on for long, and the collector would have to look for it there and move it.
/// </summary>
internal sealed class RecentStrings
{
    private const int Size = 64;
    private readonly string[] _strings = new string[Size];

    /// <summary>The string of that ASCII that came last, else a new one.</summary>
    public string Share(ReadOnlySpan<byte> text)
    {
        ref string known = ref _strings[text.IsEmpty ? 0 : ((text.Length * 31) + text[^1]) & (Size - 1)];
        if (known is null || !Ascii.Equals(text, known))
        {
            known = Encoding.ASCII.GetString(text);
        }

        return known;
    }

    /// <summary>The equal string that came last, else this one.</summary>
    public string Share(string text)
    {
        ref string known = ref _strings[text.Length == 0 ? 0 : ((text.Length * 31) + text[^1]) & (Size - 1)];
        if (known != text)
        {
            known = text;
        }

        return known;
    }
}
