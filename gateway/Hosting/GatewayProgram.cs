using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Gateway.Options;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>The command line: no command runs the gateway; <c>hash-key</c> is beside it.</summary>
internal static class GatewayProgram
{
    /// <param name="variables">The environment.</param>
    /// <param name="stop">Ends the gateway as a signal would.</param>
    public static Task<int> RunAsync(
        string[] args,
        IReadOnlyDictionary<string, string> variables,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop = default)
    {
        var root = new RootCommand("Footprint.Grid: a gateway to the cluster, which callers speak to. Without a command it runs.");
        HostCommand.Attach(root, GatewayRows.Table, variables, errors, GatewayOptionsReader.Read, Run);
        root.Subcommands.Add(HashKeyCommand.Create(input, output, errors));
        return HostCommand.RunAsync(root, args, output, errors, stop);

        Task<int> Run(GatewayOptions options, IReadOnlyList<string> warnings, CancellationToken end)
        {
            HostKeys? keys = null;
            return HostRunner.RunAsync("gateway", Build, warnings, _ => Welcome.Text(options, keys!), output, errors, end);

            WebApplication Build()
            {
                keys = HostKeys.For(options.Process, options.DataFolder);
                return GatewayApplication.Build(options, keys.Entries);
            }
        }
    }
}
