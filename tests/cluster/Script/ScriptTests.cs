namespace Footprint.Grid.Cluster.Tests.Script;

/// <summary>scripts/cluster, as somebody who tries the cluster uses it.</summary>
public sealed class ScriptTests
{
    private const int Seconds = 240;

    [ProgramFact(RedisProcess.Program, "redis-cli", "curl", "bash", "setsid")]
    public async Task Script_UpStatusDown_LeavesNothingRunning()
    {
        using var folder = new TempFolder();
        var bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        var first = FirstPort();
        try
        {
            var up = await RunAsync("up", "--dir", folder.Path, "--bin", bin, "--port", $"{first}", "--silos", "1", "--gateways", "1");
            Assert.True(up.ExitCode == 0, $"{up.Output}\n{up.Errors}");
            var status = (await RunAsync("status", "--dir", folder.Path)).Succeeded();
            var key = File.ReadAllText(folder.File("key")).Trim();
            var ids = Directory.GetFiles(folder.Path, "*.pid").Select(file => int.Parse(File.ReadAllText(file))).ToList();
            var http = new Uri($"http://127.0.0.1:{first + 110}");
            var pick = await Curl.SendAsync(
                new WireTarget(http, http, key), "POST", "/v1/decisions/content", """{"clientId":"script-1","placement":"home"}""");

            var down = await RunAsync("down", "--dir", folder.Path);

            Assert.Contains("silo1", status, StringComparison.Ordinal);
            Assert.Contains("gateway1", status, StringComparison.Ordinal);
            Assert.Equal(200, pick.Status);
            down.Succeeded();
            Assert.Equal(3, ids.Count);
            Assert.All(ids, id => Assert.False(Directory.Exists($"/proc/{id}"), $"process {id} still runs"));
            Assert.NotEqual(0, (await RunAsync("status", "--dir", folder.Path)).ExitCode);
        }
        finally
        {
            await RunAsync("down", "--dir", folder.Path);
        }
    }

    [ProgramFact("bash")]
    public async Task Script_WithWrongOptions_SaysWhatIsExpected()
    {
        var wrong = await RunAsync("up", "--silos", "many");

        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("--silos is 1 to 9", wrong.Errors, StringComparison.Ordinal);
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync("bash", [SourceFolder.Path("scripts/cluster"), .. arguments], seconds: Seconds);

    /// <summary>Room for all its ports, far from where the system takes free ones.</summary>
    private static int FirstPort() => 14_000 + (Environment.ProcessId % 20 * 200);
}
