using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Hosting;
using Footprint.Grid.Silo.Commands;
using Footprint.Grid.Silo.Options;

namespace Footprint.Grid.Silo.Hosting;

/// <summary>The command line: no command runs the silo; <c>hash-key</c> and <c>prove-erasure</c> are beside it.</summary>
internal static class SiloProgram
{
    /// <param name="variables">The environment.</param>
    /// <param name="stop">Ends the silo as a signal would.</param>
    public static Task<int> RunAsync(
        string[] args,
        IReadOnlyDictionary<string, string> variables,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop = default)
    {
        var root = new RootCommand("Footprint.Grid: a silo of the cluster, which hosts clients. Without a command it runs.");
        HostCommand.Attach(root, SiloRows.Table, variables, errors, SiloOptionsReader.Read, Run);
        root.Subcommands.Add(HashKeyCommand.Create(input, output, errors));
        root.Subcommands.Add(SiloProof.Create(output, errors));
        return HostCommand.RunAsync(root, args, output, errors, stop);

        Task<int> Run(SiloOptions options, IReadOnlyList<string> warnings, CancellationToken end) => HostRunner.RunAsync(
            "silo", () => SiloApplication.Build(options, HostKeys.Given(options.Process)), warnings, _ => Welcome.Text(options), output, errors, end);
    }
}
