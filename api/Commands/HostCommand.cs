using System.CommandLine;
using System.CommandLine.Invocation;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Commands;

/// <summary>The command line of an executable: no command runs its host until it is asked to stop; others stand beside it.</summary>
internal static class HostCommand
{
    private static readonly TimeSpan _interruption = TimeSpan.FromSeconds(5);

    /// <param name="root">Runs the host when nothing else is asked for.</param>
    /// <param name="table">What it can be told.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="read">Turns the sources into options, or tells all that is wrong with them.</param>
    /// <param name="run">Gets the options and what is odd about them; answers with the exit code.</param>
    public static void Attach<T>(
        RootCommand root,
        OptionTable table,
        IReadOnlyDictionary<string, string> variables,
        TextWriter errors,
        Func<OptionSources, OptionsResult<T>> read,
        Func<T, IReadOnlyList<string>, CancellationToken, Task<int>> run)
        where T : class
    {
        var binding = new OptionBinding(root, [.. table.Rows, OptionTable.Config]);
        root.SetAction(async (result, stop) =>
        {
            var (sources, faults) = Setup.Gather(result, binding, table, variables);
            var found = read(sources);
            return faults.Count + found.Faults.Count > 0
                ? Setup.Refuse(errors, [.. faults, .. found.Faults])
                : await run(found.Options!, found.Warnings, stop);
        });
    }

    /// <param name="stop">Ends the host as a signal would.</param>
    public static async Task<int> RunAsync(RootCommand root, string[] args, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var result = root.Parse(args);
        var wrong = result.Errors.Count > 0 && result.Action is ParseErrorAction;
        if (wrong && result.CommandResult.Command != root)
        {
            return Setup.Refuse(errors, [.. result.Errors.Select(error => new ConfigurationFault("command line", "", error.Message))]);
        }

        if (wrong)
        {
            // The host's own reader goes on, to tell these errors together with all others.
            return await ((AsynchronousCommandLineAction)root.Action!).InvokeAsync(result, stop);
        }

        // A host listens to signals itself and takes its own time to end.
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
