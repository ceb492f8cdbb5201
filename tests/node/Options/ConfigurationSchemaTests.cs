using System.Text.Json;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Tests.Options;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonElement _settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ConfigurationSchema.json")))
        .RootElement.GetProperty("properties").GetProperty("Footprint").GetProperty("properties");

    [Fact]
    public void Schema_Properties_AreTheOptionsAndNothingElse()
    {
        var expected = NodeRows.Table.Rows.Select(row => row.Setting).Append("Keys").Append("Tenants").Order(StringComparer.Ordinal);

        Assert.Equal(expected, _settings.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_EachOption_HasTheTablesDefaultBoundsAndWords()
    {
        foreach (var row in NodeRows.Table.Rows)
        {
            var property = _settings.GetProperty(row.Setting);
            Assert.Equal(row.Description, property.GetProperty("description").GetString());
            Assert.Equal(row.Default, property.TryGetProperty("default", out var value) ? value.ToString() : null);
            if (row.Kind == OptionKind.Number)
            {
                Assert.Equal((row.Min, row.Max), (property.GetProperty("minimum").GetInt64(), property.GetProperty("maximum").GetInt64()));
            }
            else if (row.Kind == OptionKind.Choice)
            {
                Assert.Equal(row.Choices, property.GetProperty("enum").EnumerateArray().Select(choice => choice.GetString()!));
            }
        }
    }

    [Fact]
    public void Schema_Scopes_AreThoseOfTheApi()
    {
        var scopes = _settings.GetProperty("Keys").GetProperty("items").GetProperty("properties").GetProperty("Scopes")
            .GetProperty("items").GetProperty("enum").EnumerateArray().Select(scope => scope.GetString()!);

        Assert.Equal(Scopes.Names, scopes);
    }
}
