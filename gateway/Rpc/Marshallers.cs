using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Google.Protobuf;
using Grpc.Core;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>Turns bytes into messages and back for Grpc.AspNetCore.</summary>
internal static class Marshallers
{
    /// <summary>Nothing is parsed. The bytes are the message's own: they stay in use while Orleans sends them on.</summary>
    public static Marshaller<RawMessage> Raw { get; } = new(
        (message, context) =>
        {
            var bytes = message.Bytes.Span;
            context.SetPayloadLength(bytes.Length);
            var writer = context.GetBufferWriter();
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            context.Complete();
        },
        context => new RawMessage(context.PayloadAsNewBuffer()));

    /// <exception cref="RpcException">The bytes are no such message.</exception>
    public static Marshaller<T> Request<T>(Operation operation)
        where T : class, IMessage<T>
    {
        // What this version does not know is not kept: a request is not stored as it came.
        var parser = ((MessageParser<T>)operation.Method.InputType.Parser).WithDiscardUnknownFields(true);
        var name = operation.Method.InputType.FullName;
        return new Marshaller<T>(Write, context =>
        {
            try
            {
                return parser.ParseFrom(context.PayloadAsReadOnlySequence());
            }
            catch (Exception malformed) when (malformed is InvalidProtocolBufferException or IndexOutOfRangeException)
            {
                // The parser lets the latter escape when a varint is cut off where a span ends.
                throw RpcErrors.From(CallError.Invalid($"The bytes are no valid {name}: {malformed.Message}"));
            }
        });
    }

    public static Marshaller<T> Response<T>(Operation operation)
        where T : class, IMessage<T>
    {
        var parser = (MessageParser<T>)operation.Method.OutputType.Parser;
        return new Marshaller<T>(Write, context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }

    private static void Write<T>(T message, SerializationContext context)
        where T : class, IMessage<T>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
