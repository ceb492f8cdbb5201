namespace Footprint.Grid.Bench.Speed;

/// <summary>Writes protobuf fields by hand, for requests of which a load makes a hundred thousand a second.</summary>
internal ref struct WireWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length { get; private set; }

    public void Varint(int field, uint value)
    {
        Number((uint)field << 3);
        Number(value);
    }

    public void Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        Number(((uint)field << 3) | 2);
        Number((uint)value.Length);
        Raw(value);
    }

    /// <summary>The head of a field whose bytes follow.</summary>
    public void Head(int field, int length)
    {
        Number(((uint)field << 3) | 2);
        Number((uint)length);
    }

    public void Raw(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes[Length..]);
        Length += value.Length;
    }

    private void Number(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[Length++] = (byte)(value | 0x80);
        }

        _bytes[Length++] = (byte)value;
    }
}
