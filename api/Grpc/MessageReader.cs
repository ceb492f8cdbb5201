using System.Buffers;
using System.IO.Pipelines;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Grpc;

/// <summary>Turns the frames of a body into messages of one type.</summary>
internal sealed class MessageReader<T>
    where T : class, IMessage<T>, new()
{
    private readonly MessageParser<T> _parser;
    private readonly string _name;
    private readonly IRequestPool<T>? _pool;

    public MessageReader(Operation operation, IRequestPool<T>? pool = null)
    {
        _pool = pool;
        // What this version does not know is not kept: a request is not stored as it came.
        _parser = ((MessageParser<T>)operation.Method.InputType.Parser).WithDiscardUnknownFields(true);
        _name = operation.Method.InputType.FullName;
    }

    /// <summary>Takes one message off the front of a buffer; null when it is not all there yet.</summary>
    /// <exception cref="CallException">It is malformed, or too large.</exception>
    public T? TryTake(GrpcCall call, ref ReadOnlySequence<byte> buffer)
    {
        var limit = call.Runtime.Options.MaxMessageBytes;
        if (!Frame.TryTake(ref buffer, limit, out var payload, out var compressed))
        {
            return null;
        }

        if (compressed && !payload.IsEmpty)
        {
            if (!call.RequestIsGzip)
            {
                throw new CallException(new CallError(Code.Internal, "A message is compressed, but grpc-encoding does not say how."));
            }

            payload = new ReadOnlySequence<byte>(Gzip.Decompress(payload, limit).WrittenMemory);
        }

        try
        {
            return _pool?.TryParse(payload) ?? _parser.ParseFrom(payload);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            // The parser lets the latter escape when a varint is cut off where a span ends.
            throw new CallException(CallError.Invalid($"The bytes are no valid {_name}: {malformed.Message}"));
        }
    }

    /// <summary>
    /// One step of reading the single message of a call: true when it is there and nothing can follow it.
    /// </summary>
    /// <exception cref="CallException">It is malformed, too large, missing, or not the only one.</exception>
    public bool TakeOnly(GrpcCall call, in ReadResult read, ref T? message)
    {
        if (read.IsCanceled && call.DeadlinePassed)
        {
            throw new CallException(CallError.Deadline);
        }

        var buffer = read.Buffer;
        message ??= TryTake(call, ref buffer);
        if (message is not null && !buffer.IsEmpty)
        {
            throw new CallException(new CallError(Code.Unimplemented, "This method takes one message, but more were sent."));
        }

        if (message is null && read.IsCompleted)
        {
            throw new CallException(read.Buffer.IsEmpty
                ? new CallError(Code.Unimplemented, "This method takes one message, but none was sent.")
                : Truncated);
        }

        call.Body.AdvanceTo(buffer.Start, buffer.End);
        return message is not null && read.IsCompleted;
    }

    public static CallError Truncated { get; } = CallError.Invalid("Malformed gRPC frame: the body ends within it.");
}
