using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Node.Hosting;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Commands;

/// <summary>No command: run the node until it is asked to stop.</summary>
internal static class RunCommand
{
    public static void Attach(RootCommand root, IReadOnlyDictionary<string, string> variables, TextWriter output, TextWriter errors)
    {
        var binding = new OptionBinding(root, [.. NodeRows.Table.Rows, OptionTable.Config]);
        root.SetAction(async (result, stop) =>
        {
            var (sources, faults) = Setup.Gather(result, binding, NodeRows.Table, variables);
            var read = NodeOptionsReader.Read(sources);
            return faults.Count + read.Faults.Count > 0
                ? Setup.Refuse(errors, [.. faults, .. read.Faults])
                : await NodeRunner.RunAsync(read.Options!, read.Warnings, output, errors, stop);
        });
    }
}
