using System.CommandLine;
using Footprint.Grid.Bench.Reports;

namespace Footprint.Grid.Bench.Memory;

/// <summary><c>memory</c>: resident bytes of a warm profile.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles." };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var command = new Command("memory", "Bytes that a warm profile takes in memory, against its stored size.") { quick, json };
        command.SetAction(async parsed =>
        {
            var memory = await ResidentMemory.MeasureAsync(parsed.GetValue(quick) ? 2_000 : 20_000);
            var report = new Report($"Memory of {memory.Profiles:N0} warm profiles, {memory.StoredBytes:N0} B each in the store");
            report.Check("resident bytes of a warm profile, by 3 × stored + 2 KB", memory.ResidentBytes, memory.Limit, atLeast: false, "B");
            report.Print();
            if (parsed.GetValue(json) is { } file)
            {
                report.Save(file);
            }
        });
        return command;
    }
}
