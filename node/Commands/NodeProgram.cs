using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Node.Hosting;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Commands;

/// <summary>The command line: no command runs the node; <c>demo</c>, <c>import</c>, <c>prove-erasure</c> and <c>hash-key</c> are beside it.</summary>
internal static class NodeProgram
{
    /// <param name="variables">The environment.</param>
    /// <param name="stop">Ends the node as a signal would.</param>
    public static Task<int> RunAsync(
        string[] args,
        IReadOnlyDictionary<string, string> variables,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop = default)
    {
        var root = new RootCommand("Footprint.Grid: real-time personalization on one machine. Without a command it runs the node.");
        HostCommand.Attach(
            root, NodeRows.Table, variables, errors, NodeOptionsReader.Read,
            (options, warnings, end) => NodeRunner.RunAsync(options, warnings, output, errors, end));
        root.Subcommands.Add(DemoCommand.Create(output));
        root.Subcommands.Add(ImportCommand.Create(variables, output, errors));
        root.Subcommands.Add(NodeProof.Create(output, errors));
        root.Subcommands.Add(HashKeyCommand.Create(input, output, errors));
        return HostCommand.RunAsync(root, args, output, errors, stop);
    }
}
