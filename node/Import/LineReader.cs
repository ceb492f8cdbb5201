using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Footprint.Grid.Node.Import;

/// <summary>Splits a stream into lines. Holds no more than one line, and of that no more than the limit.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>An item is far smaller; a line beyond this is not one.</summary>
    public const int MaxLineBytes = 256 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Bytes of all lines told so far, their ends included.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Every line that is not blank; null bytes for one that is too long.</summary>
    public async IAsyncEnumerable<(long Number, byte[]? Bytes)> ReadAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var number = 1L;
        var tooLong = false;
        while (true)
        {
            var read = await pipe.ReadAsync(stop);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                BytesRead += line.Length + 1;
                if (tooLong || line.Length > MaxLineBytes)
                {
                    yield return (number, null);
                }
                else if (Trim(line, number) is { Length: > 0 } bytes)
                {
                    yield return (number, bytes);
                }

                tooLong = false;
                number++;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (!read.IsCompleted && rest.Length > MaxLineBytes)
            {
                BytesRead += rest.Length;
                tooLong = true;
                rest = rest.Slice(rest.End);
            }

            if (read.IsCompleted)
            {
                BytesRead += rest.Length;
                if (tooLong || rest.Length > MaxLineBytes)
                {
                    yield return (number, null);
                }
                else if (Trim(rest, number) is { Length: > 0 } last)
                {
                    yield return (number, last);
                }

                await pipe.CompleteAsync();
                yield break;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static byte[] Trim(ReadOnlySequence<byte> line, long number)
    {
        var bytes = line.ToArray().AsSpan();
        if (number == 1 && bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        return bytes.Trim(" \t\r"u8).ToArray();
    }
}
