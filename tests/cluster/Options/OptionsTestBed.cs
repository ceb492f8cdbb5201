using System.Text;
using Footprint.Grid.Api.Options;
using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Cluster.Tests.Options;

/// <summary>Sources of options without a process around them.</summary>
internal sealed class OptionsTestBed<T>(OptionTable table, Func<OptionSources, OptionsResult<T>> read)
    where T : class
{
    public Dictionary<string, string> CommandLine { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The content of the section Footprint.</summary>
    public string Settings { get; set; } = "{}";

    public OptionsResult<T> Read()
    {
        var json = $$"""{"Footprint":{{Settings}}}""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        return read(OptionSources.Create(table, CommandLine, Environment, new SettingsFile("appsettings.json", configuration)));
    }

    public T ReadValid()
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
