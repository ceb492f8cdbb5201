using System.CommandLine;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Commands;

/// <summary>
/// Rows of the option table as command line options. They are all text here: the program's own reader checks them together with what
/// the environment and appsettings say, so that every error is told at once.
/// </summary>
internal sealed class OptionBinding
{
    private readonly List<(OptionRow Row, Option<string> Option)> _options = [];

    public OptionBinding(Command command, IEnumerable<OptionRow> rows)
    {
        foreach (var row in rows)
        {
            var option = new Option<string>(row.Flag)
            {
                HelpName = row.Placeholder,
                Description = Describe(row),
                Arity = ArgumentArity.ExactlyOne,
            };
            command.Options.Add(option);
            _options.Add((row, option));
        }
    }

    /// <summary>What was given, by option name.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult result)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (row, option) in _options)
        {
            if (result.GetResult(option) is { Implicit: false, Tokens.Count: > 0 } found)
            {
                given[row.Name] = found.Tokens[^1].Value;
            }
        }

        return given;
    }

    private static string Describe(OptionRow row) =>
        $"{row.Description} [{row.Variable}{(row.Default is { } value ? $", default {value}" : "")}]";
}
