using System.Globalization;

namespace Footprint.Grid.Api.Options;

/// <summary>One option of a program: a row of <see cref="OptionTable"/>.</summary>
/// <param name="Name">Lower case with dashes, as on the command line.</param>
/// <param name="Default">What holds when nobody says anything; null when the option is then absent.</param>
/// <param name="Placeholder">What to write for the value in the help.</param>
/// <param name="Limit">What a value must be, in words for an operator.</param>
internal sealed record OptionRow(string Name, OptionKind Kind, string? Default, string Placeholder, string Description, string Limit)
{
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A variable by a name that others chose; ours goes before it.</summary>
    public string? OtherVariable { get; init; }

    public long Min { get; init; }

    public long Max { get; init; } = long.MaxValue;

    /// <summary>For example <c>--api-key</c>.</summary>
    public string Flag => "--" + Name;

    /// <summary>For example <c>FOOTPRINT_API_KEY</c>.</summary>
    public string Variable => OptionTable.VariablePrefix + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>For example <c>ApiKey</c>, inside the section <c>Footprint</c>.</summary>
    public string Setting => string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public static OptionRow Text(string name, string? @default, string placeholder, string description, string limit) =>
        new(name, OptionKind.Text, @default, placeholder, description, limit);

    public static OptionRow Choice(string name, string @default, string description, params string[] choices) =>
        new(name, OptionKind.Choice, @default, string.Join('|', choices), description, "one of " + string.Join(", ", choices))
        {
            Choices = choices,
        };

    public static OptionRow Number(string name, long @default, long min, long max, string description) =>
        new(name, OptionKind.Number, @default.ToString(CultureInfo.InvariantCulture), "N", description, $"a whole number, {min} to {max}")
        {
            Min = min,
            Max = max,
        };
}
