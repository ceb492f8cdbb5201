using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Footprint.Grid.Grains.Messages;

/// <summary>A payload on the wire: one length-prefixed field of kind (1 byte), number (8 bytes) and body.</summary>
[RegisterSerializer]
internal sealed class PayloadCodec : IFieldCodec<Payload>
{
    private const uint Head = 1 + sizeof(long);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Payload value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Payload), WireType.LengthPrefixed);
        writer.WriteVarUInt32(Head + (uint)value.Body.Length);
        writer.WriteByte(value.Kind);
        writer.WriteInt64(value.Number);
        writer.Write(value.Body.Span);
    }

    public Payload ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        uint length = reader.ReadVarUInt32();
        if (length < Head)
        {
            throw new InvalidDataException($"A payload has at least {Head} bytes, not {length}.");
        }

        byte kind = reader.ReadByte();
        long number = reader.ReadInt64();
        return new Payload(kind, number, length == Head ? default : reader.ReadBytes(length - Head));
    }
}
