using Spectre.Console;

namespace Footprint.Grid.Bench.Reports;

/// <summary>Shortens the making of tables.</summary>
internal static class ReportTable
{
    public static Table AddColumns(this Table table, IEnumerable<string> headers, Action<TableColumn> configure)
    {
        foreach (var header in headers)
        {
            table.AddColumn(header, configure);
        }

        return table;
    }
}
