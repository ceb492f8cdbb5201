using Google.Protobuf;

namespace Footprint.Grid.Engine;

/// <summary>Walks over the fields of a protobuf message without making anything of them.</summary>
public ref struct WireFields(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Of the field.</summary>
    public int Number { get; private set; }

    /// <summary>Whether it is a text, bytes or a message, and so in <see cref="Bytes"/>.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Of a number of varying length.</summary>
    public ulong Value { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Not a message, or one with groups; what was read before stands.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes to the next field; false at the end, or where it is no message any more.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = Read();
        Number = (int)(tag >> 3);
        var kind = (WireFormat.WireType)(tag & 7);
        IsBytes = kind == WireFormat.WireType.LengthDelimited;
        switch (kind)
        {
            case WireFormat.WireType.Varint:
                Value = Read();
                break;
            case WireFormat.WireType.Fixed64:
                Skip(sizeof(ulong));
                break;
            case WireFormat.WireType.LengthDelimited:
                Bytes = Skip(Read());
                break;
            case WireFormat.WireType.Fixed32:
                Skip(sizeof(uint));
                break;
            default:
                IsBroken = true;
                break;
        }

        IsBroken |= Number == 0;
        return !IsBroken;
    }

    private ReadOnlySpan<byte> Skip(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            IsBroken = true;
            return default;
        }

        ReadOnlySpan<byte> skipped = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return skipped;
    }

    private ulong Read()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        IsBroken = true;
        return 0;
    }
}
