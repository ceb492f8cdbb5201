using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>What a site does so that somebody can see its footprint: things happen, and a link is made.</summary>
internal sealed class MyVisitor(WireTarget target) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = target.Http, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", target.Key) } };

    public HttpClient Http => _http;

    /// <summary>Something of each kind to be seen.</summary>
    public async Task LeaveAsync(string client)
    {
        await SendAsync(HttpMethod.Put, "/v1/segments", new { segments = new[] { new { segmentId = "my-buyers", condition = new Dictionary<string, object> { ["money.purchases"] = new Dictionary<string, int> { ["$gte"] = 1 } } } } });
        await SendAsync(HttpMethod.Post, "/v1/events", new
        {
            ack = "DURABLE",
            events = new object[]
            {
                new { clientId = client, type = "view", channel = "WEB", itemId = "irons", topics = new[] { new { topic = "golf", weight = 1 } } },
                new { clientId = client, type = "like", channel = "APP", itemId = "wok", topics = new[] { new { topic = "cooking", weight = 1 } } },
                new
                {
                    clientId = client,
                    type = "visit",
                    channel = "STORE",
                    kind = "PASSIVE",
                    traits = new[] { new { name = "city", value = "Bilbo", category = "location" }, new { name = "age", value = "90", category = "demographics" } },
                },
                new { clientId = client, type = "visit", channel = "STORE", kind = "PASSIVE", time = DateTimeOffset.UtcNow.AddMinutes(-5).ToString("o"), traits = new[] { new { name = "team", value = "Athletic", category = "demographics" } } },
                new { clientId = client, type = "import", channel = "CALL_CENTRE", imported = true, source = "crm", traits = new[] { new { name = "team", value = "Real", category = "contact" } } },
                new { clientId = client, type = "purchase", channel = "STORE", itemId = "wok", value = new { amount = 30, currency = "EUR" } },
                new { clientId = client + "-tablet", type = "view", channel = "WEB", itemId = "rook", topics = new[] { new { topic = "chess", weight = 1 } } },
            },
        });
        await SendAsync(HttpMethod.Post, $"/v1/clients/{client}/link", new { anonymousId = client + "-tablet" });
        await SendAsync(HttpMethod.Post, $"/v1/clients/{client}/interests", new { topic = "chess", answer = "CONFIRM", channel = "CALL_CENTRE", source = "desk" });
        await SendAsync(HttpMethod.Post, "/v1/decisions/content", new { clientId = client, placement = "home", count = 3 });
        await SendAsync(HttpMethod.Get, $"/v1/clients/{client}?recipient=acme", null);
        await SendAsync(HttpMethod.Put, $"/v1/clients/{client}/consents", new { consents = new[] { new { purpose = "sharing", decision = "DENY", source = "banner" } } });
    }

    /// <summary>The path and query of a link for a client.</summary>
    public async Task<string> LinkAsync(string client) => (string)(await SendAsync(HttpMethod.Post, $"/v1/clients/{client}/my-link", new { }))["path"]!;

    /// <summary>Somebody signs in: from now on the id is theirs.</summary>
    public Task SignInAsync(string client, string id) => SendAsync(HttpMethod.Post, $"/v1/clients/{client}/link", new { anonymousId = id });

    public Task<JsonNode> ProfileAsync(string client) => SendAsync(HttpMethod.Get, $"/v1/clients/{client}", null);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request).Within($"{method} {path} is answered");
        var text = await answer.Content.ReadAsStringAsync().Within($"{method} {path} is read");
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
