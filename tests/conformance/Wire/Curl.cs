using System.Text.Json.Nodes;
using Footprint.Grid.Conformance.Processes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Sends requests with curl, as a reader of the README does.</summary>
internal static class Curl
{
    public static Task<CurlAnswer> SendAsync(WireTarget target, string method, string path, string? json = null) =>
        SendAsAsync(target.Key, target, method, path, json);

    public static async Task<CurlAnswer> SendAsAsync(string? key, WireTarget target, string method, string path, string? json = null)
    {
        List<string> arguments = ["-sS", "--max-time", "30", "-X", method, "-w", "\n%{http_code} %{content_type}"];
        if (key is not null)
        {
            arguments.AddRange(["-H", $"Authorization: Bearer {key}"]);
        }

        if (json is not null)
        {
            arguments.AddRange(["-H", "Content-Type: application/json", "--data-binary", "@-"]);
        }

        arguments.Add(new Uri(target.Http, path).ToString());
        var output = (await Tool.RunAsync("curl", arguments, input: json)).Succeeded();
        var end = output.LastIndexOf('\n');
        var last = output[(end + 1)..].Split(' ', 2);
        return new CurlAnswer(int.Parse(last[0]), last[1], output[..end]);
    }

    /// <summary>A request that must be answered with 200 and JSON.</summary>
    public static async Task<JsonNode> JsonAsync(WireTarget target, string method, string path, string? json = null)
    {
        var answer = await SendAsync(target, method, path, json);
        Assert.True(answer.Status == 200, $"{method} {path}: {answer.Status} {answer.Body}");
        return answer.Json;
    }
}
