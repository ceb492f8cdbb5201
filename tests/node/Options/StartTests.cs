using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Footprint.Grid.Node.Commands;

namespace Footprint.Grid.Node.Tests.Options;

/// <summary>A node from its command line to its end.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("footprint-grid-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CurlFact]
    public async Task Node_Started_PrintsCommandsThatWorkAsTheyAre()
    {
        using var node = await InProcessNode.StartAsync("--data", _folder);
        var commands = node.Output.Split('\n').Where(line => line.StartsWith("curl ", StringComparison.Ordinal));

        var answers = new List<string>();
        foreach (var command in commands)
        {
            answers.Add(await ShellAsync(command));
        }

        Assert.Equal(4, answers.Count);
        Assert.Contains("\"version\"", answers[0]);
        Assert.Contains("\"DURABLE\"", answers[1]);
        Assert.Contains("\"itemId\":\"irons\"", answers[2].Replace(" ", "").Split("\"wok\"")[0]);
        Assert.Contains("golf", answers[3]);
        await node.StopAsync();
    }

    [Fact]
    public async Task Node_StartedAgain_HasTheSameDevelopmentKey()
    {
        using var first = await InProcessNode.StartAsync("--data", _folder);
        await first.StopAsync();

        using var second = await InProcessNode.StartAsync("--data", _folder);
        await second.StopAsync();

        var key = File.ReadAllText(Path.Combine(_folder, "development-key")).Trim();
        Assert.Contains(key, first.Output);
        Assert.Contains(key, second.Output);
    }

    [Fact]
    public async Task Node_GivenAKey_DoesNotPrintItAndTellsMetrics()
    {
        using var node = await InProcessNode.StartAsync("--store", "memory", "--api-key", "given-secret");
        using var client = new HttpClient { BaseAddress = node.Http };
        var item = new Uri("/v1/items/none", UriKind.Relative);

        using var refused = await client.GetAsync(item).WaitAsync(InProcessNode.Limit);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "given-secret");
        using var allowed = await client.GetAsync(item).WaitAsync(InProcessNode.Limit);
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)).WaitAsync(InProcessNode.Limit);
        await node.StopAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, allowed.StatusCode);
        Assert.Contains("footprint_grid_requests_total{", metrics);
        Assert.Contains("# TYPE dotnet_gc_collections_total counter", metrics);
        Assert.DoesNotContain("given-secret", node.Output + node.Errors + metrics);
    }

    [Fact]
    public async Task Node_OnAPortInUse_SaysSoAndEnds()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var errors = new StringWriter();

        var exit = await NodeProgram.RunAsync(
            ["--store", "memory", "--log-level", "error", "--http", taken.LocalEndpoint.ToString()!, "--grpc", "127.0.0.1:0"],
            new Dictionary<string, string>(), TextReader.Null, TextWriter.Null, errors).WaitAsync(InProcessNode.Limit);

        Assert.Equal(1, exit);
        Assert.Contains("in use", errors.ToString());
    }

    private static async Task<string> ShellAsync(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(InProcessNode.Limit);
        await process.WaitForExitAsync().WaitAsync(InProcessNode.Limit);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"exit code {process.ExitCode}: {command}");
    }
}
