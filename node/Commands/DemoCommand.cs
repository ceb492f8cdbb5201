using System.CommandLine;
using System.Globalization;
using Footprint.Grid.Api.Commands;
using Footprint.Grid.Node.Demo;
using Spectre.Console;

namespace Footprint.Grid.Node.Commands;

/// <summary><c>demo</c>: a grid in this process, a small catalog and a few visitors, live in the terminal.</summary>
internal static class DemoCommand
{
    private const int DefaultSeconds = 45;
    private const int MaxSeconds = 86_400;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public static Command Create(TextWriter output)
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long it goes on; Ctrl-C ends it sooner.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var n) || n is < 1 or > MaxSeconds))
            {
                result.AddError($"--seconds: \"{result.Tokens[0].Value}\" is not in range; expected a whole number, 1 to {MaxSeconds}");
            }
        });
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed makes the same visitors.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("demo", "Watch profiles form and picks change. Keeps nothing and needs no set-up.") { seconds, seed };
        command.SetAction(async (result, stop) =>
        {
            var live = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
            IDemoView view = live ? new LiveDemoView(AnsiConsole.Console) : new PlainDemoView(output);
            await DemoHost.RunAsync(view, TimeSpan.FromSeconds(result.GetValue(seconds)), _pause, result.GetValue(seed), stop);
            return ExitCode.Success;
        });
        return command;
    }
}
