using System.Text;

namespace Footprint.Grid.Bench.Load;

/// <summary>
/// Reads as much of a response's header blocks (HPACK, RFC 7541) as tells how a call went: <c>:status</c>,
/// <c>grpc-status</c> and <c>grpc-message</c>. Keeps the connection's dynamic table; knows no Huffman code, which Kestrel does not use.
/// </summary>
internal sealed class ResponseHeaders
{
    private const int TableSize = 4096;

    // How long the names of the static table are, which decides when dynamic entries are evicted.
    private static ReadOnlySpan<byte> StaticNameLengths =>
    [
        0, 10, 7, 7, 5, 5, 7, 7, 7, 7, 7, 7, 7, 7, 7, 14, 15, 15, 13, 6, 27, 3, 5, 13, 13, 19, 16, 16, 14, 16, 13, 12,
        6, 4, 4, 6, 7, 4, 4, 8, 17, 13, 8, 19, 13, 4, 8, 12, 18, 19, 5, 7, 7, 11, 6, 10, 25, 17, 10, 4, 3, 16,
    ];

    private readonly List<(string Name, string Value, int Size)> _table = [];
    private int _size;

    /// <summary>Of the block read last; -1 when it had none.</summary>
    public int GrpcStatus { get; private set; }

    public string GrpcMessage { get; private set; } = "";

    public int HttpStatus { get; private set; }

    public void Read(ReadOnlySpan<byte> block)
    {
        GrpcStatus = -1;
        GrpcMessage = "";
        HttpStatus = -1;
        while (block.Length > 0)
        {
            var first = block[0];
            if ((first & 0x80) != 0)
            {
                Indexed(Number(ref block, 7));
            }
            else if ((first & 0xE0) == 0x20)
            {
                Evict(Number(ref block, 5));
            }
            else
            {
                Literal(ref block, (first & 0x40) != 0);
            }
        }
    }

    private void Indexed(int index)
    {
        if (index >= 62)
        {
            var entry = _table[^(index - 61)];
            Note(entry.Name, entry.Value);
        }
        else if (index is >= 8 and <= 14)
        {
            HttpStatus = index switch { 8 => 200, 9 => 204, 10 => 206, 11 => 304, 12 => 400, 13 => 404, _ => 500 };
        }
    }

    private void Literal(ref ReadOnlySpan<byte> block, bool insert)
    {
        var index = Number(ref block, insert ? 6 : 4);
        var nameLength = 0;
        var name = "";
        if (index == 0)
        {
            name = Text(ref block);
            nameLength = name.Length;
        }
        else if (index >= 62)
        {
            name = _table[^(index - 61)].Name;
            nameLength = _table[^(index - 61)].Size;
        }
        else
        {
            name = index is >= 8 and <= 14 ? ":status" : "";
            nameLength = StaticNameLengths[index];
        }

        var value = Text(ref block);
        Note(name, value);
        if (insert)
        {
            var size = 32 + nameLength + value.Length;
            Evict(TableSize - size);
            _table.Add((name, value, nameLength));
            _size += size;
        }
    }

    private void Note(string name, string value)
    {
        switch (name)
        {
            case "grpc-status": GrpcStatus = int.Parse(value); break;
            case "grpc-message": GrpcMessage = value; break;
            case ":status": HttpStatus = int.Parse(value); break;
        }
    }

    private void Evict(int limit)
    {
        while (_size > limit && _table.Count > 0)
        {
            var (_, value, nameLength) = _table[0];
            _size -= 32 + nameLength + value.Length;
            _table.RemoveAt(0);
        }
    }

    private static int Number(ref ReadOnlySpan<byte> block, int bits)
    {
        var mask = (1 << bits) - 1;
        var value = block[0] & mask;
        block = block[1..];
        for (var shift = 0; value >= mask; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            value += (next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }

    private static string Text(ref ReadOnlySpan<byte> block)
    {
        if ((block[0] & 0x80) != 0)
        {
            throw new NotSupportedException("The server sent Huffman-coded headers, which this load client does not read.");
        }

        var length = Number(ref block, 7);
        var text = Encoding.ASCII.GetString(block[..length]);
        block = block[length..];
        return text;
    }
}
