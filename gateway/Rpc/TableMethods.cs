using Footprint.Grid.Api.Operations;
using Grpc.AspNetCore.Server.Model;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>Gives Grpc.AspNetCore the methods of one service, from the table of operations.</summary>
internal sealed class TableMethods<TFacade>(OperationTable table, MethodHandlers handlers) : IServiceMethodProvider<TFacade>
    where TFacade : class, IFacade
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TFacade> context)
    {
        var binder = new MethodBinder<TFacade>(context, handlers);
        foreach (var operation in table.All)
        {
            if (operation.Service == TFacade.Service)
            {
                operation.Accept(binder);
            }
        }
    }
}
