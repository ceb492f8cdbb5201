using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Commands;

/// <summary>Gathers the sources of options for a command and tells what is wrong with them.</summary>
internal static class Setup
{
    /// <param name="variables">The environment, or what a test puts in its place.</param>
    public static (OptionSources Sources, IReadOnlyList<ConfigurationFault> Faults) Gather(
        ParseResult result, OptionBinding binding, OptionTable table, IReadOnlyDictionary<string, string> variables)
    {
        var given = binding.Given(result);
        var named = given.TryGetValue(OptionTable.Config.Name, out var file)
            ? new OptionValue(file, "command line")
            : variables.TryGetValue(OptionTable.Config.Variable, out file) && file.Length > 0
                ? new OptionValue(file, $"environment variable {OptionTable.Config.Variable}")
                : default;
        var settings = SettingsFile.Load(named.Text, named.Origin);
        var faults = result.Errors.Select(Fault).ToList();
        if (settings.Fault is { } unreadable)
        {
            faults.Add(unreadable);
        }

        return (OptionSources.Create(table, given, variables, settings), faults);
    }

    public static IReadOnlyDictionary<string, string> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    public static int Refuse(TextWriter errors, IReadOnlyCollection<ConfigurationFault> faults)
    {
        errors.WriteLine(faults.Count == 1
            ? "The configuration has a fault:"
            : $"The configuration has {faults.Count} faults:");
        foreach (var fault in faults)
        {
            errors.WriteLine("  " + fault);
        }

        return ExitCode.Configuration;
    }

    private static ConfigurationFault Fault(ParseError error) => new("command line", "", error.Message);
}
