using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Footprint.Grid.Node.Tests.My;

/// <summary>"My footprint" in headless Chromium against a running node.</summary>
public sealed class MyBrowserTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("node", "npm", "chromium")]
    public async Task Page_InABrowser_IsAccessibleFitsAPhoneAndWorksWithoutJavaScript()
    {
        await using var node = await NodeProcess.StartAsync(new NodeSettings { Data = _folder.Path });
        using var http = MyNode.Client(node);
        await MyNode.RecordAsync(http, "browser");

        var seen = await JsClient.RunAsync("my", new Dictionary<string, string>
        {
            ["GRID_HTTP"] = node.Settings.Http.ToString().TrimEnd('/'),
            ["GRID_LINK"] = await MyNode.LinkAsync(http, "browser"),
            ["GRID_PROFILE"] = Directory.CreateDirectory(_folder.File("chromium")).FullName,
            ["CHROMIUM"] = Tool.Find("chromium")!,
        });

        Assert.Empty(seen["foreign"]!.AsArray());
        foreach (var width in new[] { "desktop", "phone" })
        {
            foreach (var page in new[] { "main", "erase" })
            {
                var looked = seen[width]![page]!;
                Assert.True((int)looked["passes"]! > 10, $"{width} {page}: axe looked at next to nothing");
                Assert.Empty(looked["violations"]!.AsArray().Select(violation => $"{width} {page}: {violation}"));
                Assert.Equal(0, (int)looked["sticksOut"]!);
            }
        }

        var used = seen["used"]!;
        Assert.Equal("My footprint", (string)used["heading"]!);
        Assert.Equal("Thank you, that is noted.", (string)used["afterInterest"]!);
        Assert.StartsWith("You rejected it", (string)used["interest"]!, StringComparison.Ordinal);
        Assert.Equal("Your choices hold from now on.", (string)used["afterConsents"]!);
        Assert.True((bool)used["advertisingDenied"]!);
        Assert.Equal("It is corrected.", (string)used["afterTrait"]!);
        Assert.Equal("Bilbao", (string)used["trait"]!);
        Assert.Matches("(?s)acme.*What is known about you. Purpose: Giving data to others.*Kinds of data: behaviour", (string)used["disclosure"]!);
        Assert.Equal("Dấu chân của tôi", (string)used["vietnamese"]!);
        Assert.Equal("Everything about you was erased", (string)used["erased"]!);
        Assert.Equal("Please come in again", (string)used["afterErase"]!);
        using var profile = await http.GetAsync("/v1/clients/browser");
        Assert.Empty((await profile.Content.ReadFromJsonAsync<JsonNode>())!["interests"]?.AsArray() ?? []);
    }
}
