using System.Collections.Concurrent;
using System.Diagnostics;

namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>A running node: the program that was built, as a process of its own on free ports of loopback.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output;
    private readonly HttpClient _http;

    private NodeProcess(Process process, ConcurrentQueue<string> output, NodeSettings settings)
    {
        _process = process;
        _output = output;
        Settings = settings;
        _http = new HttpClient { BaseAddress = settings.Http, Timeout = TimeSpan.FromSeconds(Deadline.Seconds) };
    }

    public NodeSettings Settings { get; }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>All that it wrote to its output and errors so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a node and waits until it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(NodeSettings settings)
    {
        var node = Launch(settings);
        try
        {
            await node.ReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node without waiting for anything.</summary>
    public static NodeProcess Launch(NodeSettings settings)
    {
        var start = new ProcessStartInfo(Tool.Find("dotnet") ?? "dotnet", [NodeSettings.Program, .. settings.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = settings.Data,
        };
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        var output = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new NodeProcess(process, output, settings);
    }

    public Task ReadyAsync() => Deadline.Until(
        async () =>
        {
            Assert.False(_process.HasExited, $"the node ended before it was ready:\n{Output}");
            return await IsReadyAsync();
        },
        "the node is ready");

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Within("the killed node is gone");
    }

    /// <summary>SIGTERM; the node ends by itself.</summary>
    public async Task<int> TerminateAsync()
    {
        (await Tool.RunAsync("sh", ["-c", $"kill -TERM {_process.Id}"])).Succeeded();
        await _process.WaitForExitAsync().Within("the node ends after SIGTERM");
        return _process.ExitCode;
    }

    public Task<int> ExitAsync() => WaitForExitAsync().Within("the node ends by itself");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
