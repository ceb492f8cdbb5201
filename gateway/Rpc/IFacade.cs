namespace Footprint.Grid.Gateway.Rpc;

/// <summary>
/// Stands for one service of the contract where Grpc.AspNetCore wants a type. It does nothing: its methods come from the table of
/// operations (<see cref="TableMethods{TFacade}"/>).
/// </summary>
internal interface IFacade
{
    /// <summary>Full name of the service.</summary>
    static abstract string Service { get; }
}
