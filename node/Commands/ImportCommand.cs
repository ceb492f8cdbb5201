using System.CommandLine;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Node.Import;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Commands;

/// <summary><c>import items FILE</c>: a catalog of any size into a running node.</summary>
internal static class ImportCommand
{
    public static Command Create(IReadOnlyDictionary<string, string> variables, TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = "NDJSON: one item per line, as PUT /v1/items takes it; - for standard input." };
        var goOn = new Option<bool>("--continue-on-error") { Description = "Leave bad lines out and take the others." };
        var items = new Command("items", "Upsert items from a file. A repeat is harmless; of two lines for one item the later holds.")
        {
            file,
            goOn,
        };
        var binding = new OptionBinding(items, ImportTarget.Rows);
        items.SetAction(async (result, stop) =>
        {
            var (sources, gathered) = Setup.Gather(result, binding, NodeRows.Table, variables);
            var faults = gathered.ToList();
            var path = result.GetValue(file)!;
            if (path != "-" && !File.Exists(path))
            {
                faults.Add(new("FILE", "command line", $"there is no file \"{path}\""));
            }

            return ImportTarget.Read(sources, faults) is { } target
                ? await RunAsync(target, path, result.GetValue(goOn), output, errors, stop)
                : Setup.Refuse(errors, faults);
        });
        return new Command("import", "Bring data into a running node.") { items };
    }

    private static async Task<int> RunAsync(
        ImportTarget target, string path, bool goOn, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        await using var file = path == "-"
            ? Console.OpenStandardInput()
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var client = target.CreateClient();
        var inPlace = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var progress = new ConsoleImportProgress(output, errors, TimeProvider.System, file.CanSeek ? file.Length : 0, inPlace);
        var import = new ItemImport(new ItemSender(client, TimeProvider.System), progress, goOn);
        try
        {
            var result = await import.RunAsync(file, stop);
            progress.End(result);
            return result.IsWhole ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            errors.WriteLine("The import was interrupted. Run it again: what is in already is only written over by itself.");
            return ExitCode.Failure;
        }
    }
}
