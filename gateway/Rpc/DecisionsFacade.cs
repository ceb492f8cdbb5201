namespace Footprint.Grid.Gateway.Rpc;

/// <inheritdoc cref="IFacade"/>
internal sealed class DecisionsFacade : IFacade
{
    public static string Service => "footprint.grid.v1.Decisions";
}
