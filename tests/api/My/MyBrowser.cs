using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Footprint.Grid.Api.Tests.Support;

namespace Footprint.Grid.Api.Tests.My;

/// <summary>Somebody with cookies and no JavaScript.</summary>
internal sealed partial class MyBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = address };

    public string Page { get; private set; } = "";

    public HttpClient Http => _http;

    /// <summary>A link for a client, as a site asks for it.</summary>
    public static async Task<string> LinkAsync(ApiHost host, string client, string? lifetime = null)
    {
        using var answer = await host.SendAsync(
            HttpMethod.Post, $"/v1/clients/{Uri.EscapeDataString(client)}/my-link", lifetime is null ? "{}" : $$"""{"lifetime":"{{lifetime}}"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["path"]!;
    }

    /// <summary>A client on its page.</summary>
    public static async Task<MyBrowser> EnterAsync(ApiHost host, string client = "c1")
    {
        var browser = new MyBrowser(host.Json.BaseAddress!);
        using var entered = await browser.GetAsync(await LinkAsync(host, client));
        using var page = await browser.GetAsync("/my");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser;
    }

    /// <summary>The token of the page as it is now.</summary>
    public async Task<string> TokenAsync()
    {
        using var page = await GetAsync("/my");
        return Token().Match(Page).Groups[1].Value;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        return await KeepAsync(_http.SendAsync(request), $"GET {path}");
    }

    /// <summary>Sends a form with the token of the page that was last got, unless another is given.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string? token = null, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("token", token ?? Token().Match(Page).Groups[1].Value));
        return KeepAsync(_http.PostAsync(path, new FormUrlEncodedContent(all)), $"POST {path}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> KeepAsync(Task<HttpResponseMessage> sending, string what)
    {
        var response = await Wait.For(sending, what);
        Page = WebUtility.HtmlDecode(await Wait.For(response.Content.ReadAsStringAsync(), what));
        return response;
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
