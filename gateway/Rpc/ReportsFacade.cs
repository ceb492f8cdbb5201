namespace Footprint.Grid.Gateway.Rpc;

/// <inheritdoc cref="IFacade"/>
internal sealed class ReportsFacade : IFacade
{
    public static string Service => "footprint.grid.v1.Reports";
}
