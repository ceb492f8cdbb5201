using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Auth;

namespace Footprint.Grid.Node.Tests.Options;

/// <summary>A running node does what its settings say of countries and of keys that act for a recipient.</summary>
public sealed class TenantAndKeyStartTests
{
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["FOOTPRINT_TENANTS__0__NAME"] = "default",
        ["FOOTPRINT_TENANTS__0__COUNTRIES__DE"] = "opt-in",
        ["FOOTPRINT_KEYS__0__ID"] = "site",
        ["FOOTPRINT_KEYS__0__HASH"] = ApiKey.Hash("site-key"),
        ["FOOTPRINT_KEYS__0__TENANT"] = "default",
        ["FOOTPRINT_KEYS__0__SCOPES"] = "admin",
        ["FOOTPRINT_KEYS__1__ID"] = "partner",
        ["FOOTPRINT_KEYS__1__HASH"] = ApiKey.Hash("partner-key"),
        ["FOOTPRINT_KEYS__1__TENANT"] = "default",
        ["FOOTPRINT_KEYS__1__SCOPES"] = "profile:read",
        ["FOOTPRINT_KEYS__1__RECIPIENT"] = "acme",
    };

    [Fact]
    public async Task Node_WithARegimeForACountry_KeepsNothingOfItsClientsUnasked()
    {
        using var node = await InProcessNode.StartAsync(_environment, "--store", "memory");
        using var site = Client(node, "site-key");

        Assert.Equal("APPLIED", await RecordAsync(site, "french", "FR"));
        Assert.Equal("REJECTED", await RecordAsync(site, "german", "DE"));
        using var none = await site.GetAsync(new Uri("/v1/clients/german", UriKind.Relative)).WaitAsync(InProcessNode.Limit);

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        await node.StopAsync();
    }

    [Fact]
    public async Task Node_WithAKeyForARecipient_GivesItThatRecipientsPartAndPutsItOnRecord()
    {
        using var node = await InProcessNode.StartAsync(_environment, "--store", "memory");
        using var site = Client(node, "site-key");
        using var partner = Client(node, "partner-key");
        await RecordAsync(site, "c1", "FR");

        var seen = await GetAsync(partner, "/v1/clients/c1");
        using var denied = await partner.GetAsync(new Uri("/v1/clients/c1?recipient=other", UriKind.Relative)).WaitAsync(InProcessNode.Limit);
        var own = await GetAsync(site, "/v1/clients/c1");

        Assert.NotEmpty(seen["interests"]!.AsArray());
        Assert.Empty(seen["countries"]!.AsArray());
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("recipient", await denied.Content.ReadAsStringAsync().WaitAsync(InProcessNode.Limit), StringComparison.Ordinal);
        Assert.Equal("acme", (string?)Assert.Single(own["disclosures"]!.AsArray())!["recipient"]);
        await node.StopAsync();
    }

    private static HttpClient Client(InProcessNode node, string key) =>
        new() { BaseAddress = node.Http, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };

    private static async Task<string> RecordAsync(HttpClient client, string id, string country)
    {
        var body = JsonNode.Parse(
            $$$$"""{"events":[{"clientId":"{{{{id}}}}","type":"view","topics":[{"topic":"golf","weight":1}],"context":{"attributes":{"country":"{{{{country}}}}"}}}]}""");
        using var answer = await client.PostAsJsonAsync(new Uri("/v1/events", UriKind.Relative), body).WaitAsync(InProcessNode.Limit);
        var results = await answer.Content.ReadFromJsonAsync<JsonElement>().WaitAsync(InProcessNode.Limit);
        return results.GetProperty("results")[0].GetProperty("status").GetString()!;
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path) =>
        (JsonObject)JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)).WaitAsync(InProcessNode.Limit))!;
}
