using System.Text;
using Footprint.Grid.Core.Hashing;

namespace Footprint.Grid.Core.Catalog;

/// <summary>
/// Texts of attributes that were read lately, by their bytes: a filter reads the same few brands and colours of thousands of
/// items, and a string for each would be most of what it costs. One thread.
/// </summary>
internal sealed class AttributeTexts
{
    private const int Most = 1024;
    private const int MostBytes = 128;
    private readonly Dictionary<ulong, (byte[] Bytes, string Text)> _known = [];

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ulong hash = XxHash64.Hash(utf8);
        if (_known.TryGetValue(hash, out (byte[] Bytes, string Text) known) && utf8.SequenceEqual(known.Bytes))
        {
            return known.Text;
        }

        if (_known.Count == Most)
        {
            _known.Clear();
        }

        string text = Encoding.UTF8.GetString(utf8);
        _known[hash] = (utf8.ToArray(), text);
        return text;
    }
}
