using System.Text;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Node.Options;
using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Node.Tests.Options;

/// <summary>Sources of options without a process around them; the store is in memory so that no folder is made.</summary>
internal sealed class OptionsTestBed
{
    public Dictionary<string, string> CommandLine { get; } = new() { ["store"] = "memory" };

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The content of the section Footprint.</summary>
    public string Settings { get; set; } = "{}";

    public OptionsResult<NodeOptions> Read()
    {
        var json = $$"""{"Footprint":{{Settings}}}""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var settings = new SettingsFile("appsettings.json", configuration);
        return NodeOptionsReader.Read(OptionSources.Create(NodeRows.Table, CommandLine, Environment, settings));
    }

    public NodeOptions ReadValid()
    {
        var result = Read();
        Assert.Empty(result.Faults);
        return result.Options!;
    }

    public ConfigurationFault ReadSingleFault()
    {
        var result = Read();
        Assert.Null(result.Options);
        return Assert.Single(result.Faults);
    }
}
