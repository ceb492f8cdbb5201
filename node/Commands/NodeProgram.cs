using System.CommandLine;
using System.CommandLine.Invocation;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Node.Commands;

/// <summary>The command line: no command runs the node; <c>demo</c>, <c>import</c> and <c>hash-key</c> are beside it.</summary>
internal static class NodeProgram
{
    private static readonly TimeSpan _interruption = TimeSpan.FromSeconds(5);

    /// <param name="variables">The environment.</param>
    /// <param name="stop">Ends the node as a signal would.</param>
    public static async Task<int> RunAsync(
        string[] args,
        IReadOnlyDictionary<string, string> variables,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        CancellationToken stop = default)
    {
        var root = new RootCommand("Footprint.Grid: real-time personalization on one machine. Without a command it runs the node.");
        RunCommand.Attach(root, variables, output, errors);
        root.Subcommands.Add(DemoCommand.Create(output));
        root.Subcommands.Add(ImportCommand.Create(variables, output, errors));
        root.Subcommands.Add(HashKeyCommand.Create(input, output, errors));

        var result = root.Parse(args);
        var wrong = result.Errors.Count > 0 && result.Action is ParseErrorAction;
        if (wrong && result.CommandResult.Command != root)
        {
            return Setup.Refuse(errors, [.. result.Errors.Select(error => new ConfigurationFault("command line", "", error.Message))]);
        }

        if (wrong)
        {
            // The node's own reader goes on, to tell these errors together with all others.
            return await ((AsynchronousCommandLineAction)root.Action!).InvokeAsync(result, stop);
        }

        // The node's host listens to signals itself and takes its own time to end.
        var runs = result.CommandResult.Command == root;
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            ProcessTerminationTimeout = runs ? null : _interruption,
        };
        return await result.InvokeAsync(invocation, stop);
    }
}
