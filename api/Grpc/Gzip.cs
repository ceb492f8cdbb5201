using System.Buffers;
using System.IO.Compression;
using Footprint.Grid.Api.Errors;

namespace Footprint.Grid.Api.Grpc;

/// <summary>Compression of single messages. A message may not grow past the limit, however small it came.</summary>
internal static class Gzip
{
    public const string Name = "gzip";

    /// <summary>What every answer to an unknown encoding says this side takes.</summary>
    public const string Accepted = "identity,gzip";

    /// <exception cref="CallException">It is no gzip, or more than the limit.</exception>
    public static ArrayBufferWriter<byte> Decompress(in ReadOnlySequence<byte> message, int limit)
    {
        var output = new ArrayBufferWriter<byte>((int)Math.Clamp(message.Length * 4, 256, Math.Max(256, limit)));
        try
        {
            using var gzip = new GZipStream(new SequenceStream(message), CompressionMode.Decompress);
            int read;
            while ((read = gzip.Read(output.GetSpan(4096))) > 0)
            {
                output.Advance(read);
                if (output.WrittenCount > limit)
                {
                    throw new CallException(CallError.TooLarge(output.WrittenCount, limit));
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new CallException(CallError.Invalid("A compressed message is not valid gzip."));
        }

        return output;
    }

    public static void Compress(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        using var stream = new MemoryStream(message.Length / 2);
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        output.Write(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
