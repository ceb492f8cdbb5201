using System.Text;

namespace Footprint.Grid.Engine;

/// <summary>
/// Reads fields of a protobuf message, the plain ones only: whatever else comes ends it as <see cref="Failed"/>, for the
/// generated code to read the message or to say what is wrong with it.
/// </summary>
internal ref struct ForwardReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What was read last is not to be used, nor anything after it.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes that were not read yet; 0 after <see cref="Fail"/>.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Passes over a text whose tag, one byte, was read, and over all that follow it under the same tag.</summary>
    public void SkipAll(uint tag)
    {
        Bytes();
        while (_rest.Length > 1 && _rest[0] == tag)
        {
            // Most are short, and there may be a thousand.
            int length = _rest[1];
            if (length < 0x80 && length + 2 <= _rest.Length)
            {
                _rest = _rest[(length + 2)..];
            }
            else
            {
                _rest = _rest[1..];
                Bytes();
            }
        }
    }

    /// <summary>The next field's tag; 0 at the end.</summary>
    public uint Tag()
    {
        ulong tag = _rest.IsEmpty ? 0 : Varint();
        return (tag is 0 && !_rest.IsEmpty) || tag > uint.MaxValue ? (uint)Fail() : (uint)tag;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 9; i++)
        {
            byte next = _rest[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        return Fail();
    }

    /// <summary>The bytes of a nested message or a text.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        ulong length = Varint();
        if (length > (ulong)_rest.Length)
        {
            Fail();
            return [];
        }

        ReadOnlySpan<byte> bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    /// <summary>A text, if it is ASCII.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = Bytes();
        if (!Ascii.IsValid(bytes))
        {
            Fail();
        }

        return bytes.IsEmpty ? "" : Encoding.Latin1.GetString(bytes);
    }

    public ulong Fail()
    {
        Failed = true;
        _rest = [];
        return 0;
    }
}
