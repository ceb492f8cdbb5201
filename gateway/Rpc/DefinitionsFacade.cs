namespace Footprint.Grid.Gateway.Rpc;

/// <inheritdoc cref="IFacade"/>
internal sealed class DefinitionsFacade : IFacade
{
    public static string Service => "footprint.grid.v1.Definitions";
}
