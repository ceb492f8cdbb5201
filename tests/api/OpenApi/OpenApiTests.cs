using System.Text.Json.Nodes;
using Footprint.Grid.Api.Tests.Support;

namespace Footprint.Grid.Api.Tests.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_EveryRoute_DescribedWithItsParametersAndBody()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await Get(host);

        foreach (var operation in host.Table.All.Where(operation => operation.Http is not null))
        {
            var described = document["paths"]?[operation.Http!.Route]?[operation.Http.Verb.ToLowerInvariant()];
            Assert.True(described is not null, $"{operation.Http!.Verb} {operation.Http.Route} is not described");
            Assert.Equal(operation.Http.HasBody, described["requestBody"] is not null);
            Assert.Equal(
                operation.Http.PathFields.Count + operation.Http.QueryFields.Count, described["parameters"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task Document_EveryReference_Resolves()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await Get(host);
        var references = new List<string>();

        Collect(document, references);

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(reference.Split('/')[1..].Aggregate((JsonNode?)document, (node, part) => node?[part])));
        Assert.Equal("3.1.0", (string?)document["openapi"]);
    }

    [Fact]
    public async Task Document_OperationIds_Unique()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await Get(host);

        var ids = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(verb => (string?)verb.Value!["operationId"]).ToList();

        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    private static async Task<JsonNode> Get(ApiHost host)
    {
        var response = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await Wait.For(response.Content.ReadAsStringAsync(), "document"))!;
    }

    private static void Collect(JsonNode? node, List<string> references)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o)
                {
                    if (name == "$ref")
                    {
                        references.Add((string)value!);
                    }

                    Collect(value, references);
                }

                break;
            case JsonArray a:
                foreach (var item in a)
                {
                    Collect(item, references);
                }

                break;
        }
    }
}
