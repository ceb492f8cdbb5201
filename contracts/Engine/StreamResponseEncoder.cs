using System.Runtime.CompilerServices;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Engine;

/// <summary>Writes a <see cref="StreamResponse"/> as the generated code does, byte for byte, but without measuring each result before.</summary>
public static class StreamResponseEncoder
{
    /// <summary>
    /// The bytes, good until the thread encodes again; empty when an event was rejected or they are more than 64 KiB, for
    /// the generated code to write.
    /// </summary>
    public static ReadOnlySpan<byte> Encode(StreamResponse response)
    {
        var writer = BackwardWriter.Begin();
        for (int i = response.Results.Count - 1; i >= 0; i--)
        {
            RecordResult result = response.Results[i];
            if (result.Error is not null)
            {
                return [];
            }

            int end = writer.Position;
            Write(ref writer, result);
            writer.Length(0x12, end);
        }

        writer.Varint(0x08, response.Sequence);
        return writer.Written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref BackwardWriter writer, RecordResult result)
    {
        writer.Bool(0x28, result.Holdout);
        if (result.Time is { } time)
        {
            int end = writer.Position;
            writer.Varint(0x10, (ulong)time.Nanos);
            writer.Varint(0x08, (ulong)time.Seconds);
            writer.Length(0x22, end);
        }

        writer.Varint(0x10, (ulong)result.Status);
        writer.Text(0x0A, result.EventId);
    }
}
