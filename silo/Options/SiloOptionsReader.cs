using Footprint.Grid.Api.Options;
using Footprint.Grid.Grains.Hosting;

namespace Footprint.Grid.Silo.Options;

/// <summary>Turns what the sources say into options, or tells everything that is wrong with it.</summary>
internal static class SiloOptionsReader
{
    public static OptionsResult<SiloOptions> Read(OptionSources sources)
    {
        var reader = new OptionReader(sources);
        var process = ProcessOptionsReader.Read(reader, sources);
        var options = new SiloOptions
        {
            Process = process,
            Cluster = ClusterOptions.Read(reader, ClusterAddress.IsRedis),
            Member = MemberOptions.Read(reader, SiloRows.Member, process),
            Health = HealthOptions.Read(reader, SiloRows.Health, process),
            Hosting = HostingOptions.Read(reader),
        };
        options.Hosting.CheckSecret(reader, process, options.Member);
        return OptionsResult<SiloOptions>.Of(options, reader, sources);
    }
}
