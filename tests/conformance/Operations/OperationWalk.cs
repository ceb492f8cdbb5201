using Footprint.Grid.Api;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Conformance.Operations;

/// <summary>Calls the operations of the API's own table over some engine, each by its name as <c>Service.Method</c>.</summary>
internal sealed class OperationWalk(OperationTable table)
{
    public IEnumerable<string> Names => table.All.Select(Name);

    public static OperationWalk Over(IClientEngine clients, IDefinitionsEngine definitions, IReportsEngine reports, IEngineHealth health)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(clients).AddSingleton(definitions).AddSingleton(reports).AddSingleton(health).AddFootprintApi();
        return new OperationWalk(services.BuildServiceProvider().GetRequiredService<OperationTable>());
    }

    /// <summary>The request's field for a recipient; null when nobody else gets the answer.</summary>
    public static FieldDescriptor? Recipient(IMessage request) => request.Descriptor.FindFieldByName("recipient");

    /// <summary>The answer, of a stream the first one.</summary>
    public Task<IMessage> AskAsync(string name, IMessage request, CallContext call) =>
        table.All.Single(operation => Name(operation) == name).Accept(new Asking(request, call)).Within($"{name} is answered");

    private static string Name(Operation operation) => $"{operation.Method.Service.Name}.{operation.Name}";

    private sealed class Asking(IMessage request, CallContext call) : IOperationVisitor<Task<IMessage>>
    {
        public async Task<IMessage> Unary<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>, new()
        {
            TResponse response = await operation.Handler((TRequest)request, call);
            TResponse copy = response.Clone();
            operation.Release?.Invoke(response);
            return copy;
        }

        public async Task<IMessage> ServerStreaming<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>, new()
        {
            await foreach (TResponse first in operation.Handler((TRequest)request, call))
            {
                return first;
            }

            throw new InvalidOperationException($"{operation.Path} gave no answer.");
        }

        public async Task<IMessage> Duplex<TRequest, TResponse>(DuplexOperation<TRequest, TResponse> operation)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>, new() => await operation.Handler((TRequest)request, call);
    }
}
