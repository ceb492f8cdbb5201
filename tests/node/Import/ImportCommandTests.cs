using System.Net.Http.Json;
using System.Text.Json;
using Footprint.Grid.Node.Commands;
using Footprint.Grid.Node.Tests.Options;

namespace Footprint.Grid.Node.Tests.Import;

/// <summary>The command against a running node.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("footprint-grid-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Import_FileWithBadLines_TellsLineFieldAndLimitAndTakesTheRest()
    {
        using var node = await InProcessNode.StartAsync("--data", _folder);
        var file = Write(
            """{"itemId":"a","topics":[{"topic":"golf","weight":1}]}""",
            """{"itemId":"b","topics":[{"topic":"golf","weight":-1}]}""",
            """{"itemId":"c","colour":"red"}""",
            """{"itemId":"d","title":""",
            """{"itemId":"e"}""");

        var (exit, output, errors) = await RunAsync(node, file, "--continue-on-error");
        var items = await ItemsAsync(node);
        await node.StopAsync();

        Assert.Equal(1, exit);
        Assert.Equal(["a", "e"], items);
        Assert.Contains("2 items", output);
        Assert.Contains("3 bad lines", output);
        Assert.Matches(@"line 2: topics\[0\]\.weight: .*limit: .*1000", errors);
        Assert.Matches("line 3: .*colour", errors);
        Assert.Contains("line 4: is not JSON", errors);
    }

    [Fact]
    public async Task Import_WholeFile_IsFoundByTheDevelopmentKeyOfTheDataFolder()
    {
        using var node = await InProcessNode.StartAsync("--data", _folder);
        var file = Write([.. Enumerable.Range(0, 1_200).Select(i => $$"""{"itemId":"i{{i:0000}}","topics":[{"topic":"t{{i % 7}}","weight":1}]}""")]);

        var (exit, output, errors) = await RunAsync(node, file);
        await node.StopAsync();

        Assert.True(exit == 0, errors);
        Assert.Contains("1,200 items", output);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(InProcessNode node, string file, params string[] more)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var exit = await NodeProgram.RunAsync(
            ["import", "items", file, "--http", node.Http.Authority, "--data", _folder, .. more],
            new Dictionary<string, string>(), TextReader.Null, output, errors).WaitAsync(InProcessNode.Limit);
        return (exit, output.ToString(), errors.ToString());
    }

    private async Task<List<string?>> ItemsAsync(InProcessNode node)
    {
        using var client = new HttpClient { BaseAddress = node.Http };
        var key = await File.ReadAllTextAsync(Path.Combine(_folder, "development-key"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Trim());
        var list = await client.GetFromJsonAsync<JsonElement>(new Uri("/v1/items", UriKind.Relative)).WaitAsync(InProcessNode.Limit);
        return [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("itemId").GetString())];
    }

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder, "items.ndjson");
        File.WriteAllLines(path, lines);
        return path;
    }
}
