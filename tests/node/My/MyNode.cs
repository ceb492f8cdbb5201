using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Footprint.Grid.Node.Tests.My;

/// <summary>What these tests do with a running node.</summary>
internal static class MyNode
{
    public static HttpClient Client(NodeProcess node)
    {
        var http = new HttpClient { BaseAddress = node.Settings.Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.Settings.Key);
        return http;
    }

    /// <summary>Something of each kind to be seen.</summary>
    public static async Task RecordAsync(HttpClient http, string client)
    {
        using var answer = await http.PostAsync("/v1/events", JsonContent.Create(new
        {
            ack = "DURABLE",
            events = new object[]
            {
                new { clientId = client, type = "view", itemId = "irons", topics = new[] { new { topic = "golf", weight = 1 } } },
                new { clientId = client, type = "like", itemId = "wok", topics = new[] { new { topic = "cooking", weight = 1 } } },
                new { clientId = client, type = "registration", traits = new[] { new { name = "city", value = "Bilbo", category = "location" } } },
                new { clientId = client, type = "purchase", itemId = "wok", value = new { amount = 30, currency = "EUR" } },
            },
        })).Within("events are answered");
        answer.EnsureSuccessStatusCode();
        using var told = await http.GetAsync($"/v1/clients/{client}?recipient=acme").Within("a recipient is answered");
        told.EnsureSuccessStatusCode();
        using var consents = await http.PutAsync(
            $"/v1/clients/{client}/consents",
            JsonContent.Create(new { consents = new[] { new { purpose = "sharing", decision = "DENY", source = "banner" } } })).Within("consents are answered");
        consents.EnsureSuccessStatusCode();
    }

    public static async Task<string> LinkAsync(HttpClient http, string client)
    {
        using var answer = await http.PostAsync($"/v1/clients/{client}/my-link", JsonContent.Create(new { })).Within("a link is made");
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["path"]!;
    }
}
