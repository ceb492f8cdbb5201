using Google.Protobuf;

namespace Footprint.Grid.Gateway.Cluster;

/// <summary>Walks over the fields of a protobuf message without making anything of them.</summary>
internal ref struct WireFields(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>False at the end. The value is that of a length-delimited field, else empty.</summary>
    /// <exception cref="ArgumentException">The bytes are no message.</exception>
    public bool Next(out uint tag, out ReadOnlySpan<byte> value)
    {
        tag = 0;
        value = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        tag = (uint)Varint();
        switch ((WireFormat.WireType)(tag & 7))
        {
            case WireFormat.WireType.Varint:
                Varint();
                return true;
            case WireFormat.WireType.Fixed64:
                Take(8);
                return true;
            case WireFormat.WireType.LengthDelimited:
                value = Take(Varint());
                return true;
            case WireFormat.WireType.Fixed32:
                Take(4);
                return true;
            default:
                throw new ArgumentException("A field of an unknown kind.");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                break;
            }

            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new ArgumentException("A number that does not end.");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new ArgumentException("A field that goes past the end.");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
