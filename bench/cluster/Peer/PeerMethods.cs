using Footprint.Grid.V1;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>Tells Grpc.AspNetCore the peer's methods, with the marshalling that generated code has.</summary>
internal sealed class PeerMethods : IServiceMethodProvider<PeerService>
{
    public const string NoopPath = "/footprint.grid.bench.Noop/Call";

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<PeerService> context)
    {
        context.AddUnaryMethod(
            Method<PickContentRequest, PickContentResponse>("footprint.grid.v1.Decisions", "PickContent"), [], (service, request, call) => service.PickAsync(request, call));
        context.AddUnaryMethod(
            Method<RecordRequest, RecordResponse>("footprint.grid.v1.Ingest", "Record"), [], (service, request, call) => service.RecordAsync(request, call));
        context.AddUnaryMethod(
            Method<PickContentRequest, PickContentResponse>("footprint.grid.bench.Noop", "Call"), [], (service, request, call) => service.NoopAsync(request, call));
    }

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(string service, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(MethodType.Unary, service, name, Marshaller<TRequest>(), Marshaller<TResponse>());

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return new Marshaller<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }
}
