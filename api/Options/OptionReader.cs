using System.Globalization;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads single values and gathers what is wrong with them, instead of stopping at the first.</summary>
internal sealed class OptionReader(OptionSources sources)
{
    private readonly List<ConfigurationFault> _faults = [];

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    public void Add(ConfigurationFault fault) => _faults.Add(fault);

    public void Refuse(OptionRow row, OptionValue value, string message, string? limit = null) =>
        _faults.Add(new ConfigurationFault(row.Flag, value.Origin, message, limit ?? row.Limit));

    public bool IsGiven(OptionRow row) => sources.Find(row) is { IsDefault: false };

    public OptionValue? Find(OptionRow row) => sources.Find(row);

    public string? Text(OptionRow row)
    {
        if (sources.Find(row) is not { } value)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(value.Text))
        {
            Refuse(row, value, "is empty");
            return null;
        }

        return value.Text;
    }

    public string Choice(OptionRow row)
    {
        var value = sources.Find(row)!.Value;
        if (!row.Choices.Contains(value.Text, StringComparer.OrdinalIgnoreCase))
        {
            Refuse(row, value, $"\"{value.Text}\" is not a choice");
            return row.Default!;
        }

        return value.Text.ToLowerInvariant();
    }

    public int Number(OptionRow row)
    {
        var value = sources.Find(row)!.Value;
        if (!long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number < row.Min || number > row.Max)
        {
            Refuse(row, value, $"\"{value.Text}\" is not in range");
            return (int)row.Min;
        }

        return (int)number;
    }

    public ListenAddress Listen(OptionRow row)
    {
        var value = sources.Find(row)!.Value;
        if (!ListenAddress.TryParse(value.Text, out var address))
        {
            Refuse(row, value, $"\"{value.Text}\" is not an address and a port");
            _ = ListenAddress.TryParse(row.Default!, out address);
        }

        return address;
    }
}
