using Footprint.Grid.Api.Options;
using Footprint.Grid.Gateway.Options;
using Footprint.Grid.Silo.Options;

namespace Footprint.Grid.Cluster.Tests.Options;

/// <summary>The schemas in the repository are those of the tables; UPDATE_SCHEMA=1 writes them.</summary>
public sealed class ConfigurationSchemaTests
{
    public static TheoryData<string> Programs => ["silo", "gateway"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Schema_IsWhatTheTableSays(string program)
    {
        var path = SourceFolder.Path($"{program}/ConfigurationSchema.json");
        var expected = SchemaText.Of(Table(program));
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static OptionTable Table(string program) => program == "silo" ? SiloRows.Table : GatewayRows.Table;
}
