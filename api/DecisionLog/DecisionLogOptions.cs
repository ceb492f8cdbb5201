using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.DecisionLog;

/// <summary>Where decisions are logged, and how much of them is kept.</summary>
/// <param name="Folder">That can be written.</param>
/// <param name="MostBytes">Of each tenant's files; the oldest go.</param>
internal sealed record DecisionLogOptions(string Folder, long MostBytes)
{
    /// <summary>Null when nothing is to be logged.</summary>
    public static DecisionLogOptions? Read(OptionReader reader)
    {
        if (reader.Find(HostRows.DecisionLog) is not { } value || reader.Text(HostRows.DecisionLog) is not { Length: > 0 } folder)
        {
            return null;
        }

        if (DataFolder.WhyNotUsable(folder) is { } why)
        {
            reader.Refuse(HostRows.DecisionLog, value, $"\"{folder}\" {why}");
        }

        return new DecisionLogOptions(folder, reader.Number(HostRows.DecisionLogMib) * 1024L * 1024);
    }
}
