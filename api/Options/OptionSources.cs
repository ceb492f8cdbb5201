using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Api.Options;

/// <summary>The places where an option can be given, strongest first.</summary>
/// <param name="table">What the program knows.</param>
/// <param name="commandLine">Values by option name, without dashes.</param>
/// <param name="variables">The environment as it is.</param>
/// <param name="environment">Variables with our prefix, without it, <c>__</c> turned into <c>:</c>.</param>
/// <param name="settings">The section <c>Footprint</c> of appsettings.</param>
/// <param name="settingsFile">How faults name that file.</param>
internal sealed class OptionSources(
    OptionTable table,
    IReadOnlyDictionary<string, string> commandLine,
    IReadOnlyDictionary<string, string> variables,
    IConfiguration environment,
    IConfiguration settings,
    string settingsFile)
{
    public static OptionSources Create(
        OptionTable table, IReadOnlyDictionary<string, string> commandLine, IReadOnlyDictionary<string, string> variables, SettingsFile settings)
    {
        var environment = variables
            .Where(pair => pair.Key.StartsWith(OptionTable.VariablePrefix, StringComparison.Ordinal) && pair.Value.Length > 0)
            .Select(pair => KeyValuePair.Create(
                pair.Key[OptionTable.VariablePrefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value));
        return new OptionSources(
            table,
            commandLine,
            variables,
            new ConfigurationBuilder().AddInMemoryCollection(environment).Build(),
            settings.Configuration.GetSection(OptionTable.Section),
            settings.Name);
    }

    public OptionValue? Find(OptionRow row)
    {
        if (commandLine.TryGetValue(row.Name, out var given))
        {
            return new OptionValue(given, "command line");
        }

        // An empty variable counts as unset: container files cannot leave one out.
        if (environment[row.Variable[OptionTable.VariablePrefix.Length..]] is { Length: > 0 } variable)
        {
            return new OptionValue(variable, $"environment variable {row.Variable}");
        }

        if (row.OtherVariable is { } other && variables.TryGetValue(other, out var value) && value.Length > 0)
        {
            return new OptionValue(value, $"environment variable {other}");
        }

        if (settings[row.Setting] is { } setting)
        {
            return new OptionValue(setting, $"{settingsFile} {OptionTable.Section}:{row.Setting}");
        }

        return row.Default is { } usual ? new OptionValue(usual, OptionValue.DefaultOrigin) : null;
    }

    /// <summary>A list from the environment replaces that of appsettings as a whole.</summary>
    public (IReadOnlyList<IConfigurationSection> Entries, string Origin) FindList(string name)
    {
        var entries = environment.GetSection(name.ToUpperInvariant()).GetChildren().ToList();
        return entries.Count > 0
            ? (entries, $"environment variable {OptionTable.VariablePrefix}{name.ToUpperInvariant()}__…")
            : (settings.GetSection(name).GetChildren().ToList(), $"{settingsFile} {OptionTable.Section}:{name}");
    }

    /// <summary>A misspelt setting would be silently without effect.</summary>
    public IEnumerable<ConfigurationFault> UnknownSettings()
    {
        var known = table.Rows.Select(row => row.Setting).Concat(OptionTable.Lists).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return settings.GetChildren()
            .Where(child => !known.Contains(child.Key))
            .Select(child => new ConfigurationFault(child.Key, $"{settingsFile} {child.Path}", $"is not a setting of the {table.Program}"));
    }

    /// <summary>Variables with our prefix that mean nothing; others set such ones too (Kubernetes for a service), so only to be told.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var known = table.Rows.Append(OptionTable.Config).Select(row => row.Variable[OptionTable.VariablePrefix.Length..])
            .Concat(OptionTable.Lists).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return environment.GetChildren().Where(child => !known.Contains(child.Key))
            .Select(child => $"{OptionTable.VariablePrefix}{child.Key} in the environment is not an option of the {table.Program} and has no effect")
            .ToList();
    }
}
