using System.Text;

namespace Footprint.Grid.Bench.Load;

/// <summary>
/// Header blocks of gRPC calls. The first call of a kind puts its headers into the connection's HPACK table and later ones
/// refer to them, as the C core, Go and Node clients do, so that decoding is as cheap for a server as it is in the field.
/// </summary>
internal sealed class RequestHeaders(string authority, string? bearer)
{
    private const int StaticEntries = 61;
    private readonly Dictionary<(string, string), int> _inserted = [];
    private readonly Dictionary<string, (int Table, byte[] Block)> _blocks = [];

    /// <summary>The block of a call to <paramref name="path"/>. Every block given out must be sent, in this order.</summary>
    public byte[] For(string path)
    {
        if (_blocks.TryGetValue(path, out var known) && known.Table == _inserted.Count)
        {
            return known.Block;
        }

        var before = _inserted.Count;
        var block = new List<byte> { 0x80 | 3, 0x80 | 6 };
        Add(block, ":path", path);
        Add(block, ":authority", authority);
        Add(block, "content-type", "application/grpc");
        Add(block, "te", "trailers");
        if (bearer is not null)
        {
            Add(block, "authorization", "Bearer " + bearer);
        }

        // Only a block of references may be sent again.
        var bytes = block.ToArray();
        if (_inserted.Count == before)
        {
            _blocks[path] = (before, bytes);
        }

        return bytes;
    }

    private void Add(List<byte> block, string name, string value)
    {
        if (_inserted.TryGetValue((name, value), out var ordinal))
        {
            block.Add((byte)(0x80 | (StaticEntries + _inserted.Count - ordinal)));
            return;
        }

        block.Add(0x40);
        Text(block, name);
        Text(block, value);
        _inserted.Add((name, value), _inserted.Count);
    }

    private static void Text(List<byte> block, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        if (bytes.Length < 127)
        {
            block.Add((byte)bytes.Length);
        }
        else
        {
            block.Add(127);
            block.Add((byte)(bytes.Length - 127));
        }

        block.AddRange(bytes);
    }
}
