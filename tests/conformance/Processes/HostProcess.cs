using System.Collections.Concurrent;
using System.Diagnostics;

namespace Footprint.Grid.Conformance.Processes;

/// <summary>One of our executables as it was built, running as a process of its own.</summary>
internal class HostProcess : IAsyncDisposable
{
    // Several may start at once, and each compiles itself.
    private const int StartSeconds = 3 * Patience.Seconds;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _http;
    private readonly string _name;

    /// <param name="name">What messages call it.</param>
    /// <param name="program">Its assembly; see <see cref="BuiltProgram"/>.</param>
    /// <param name="health">Where its health is asked for.</param>
    /// <param name="folder">Its working folder.</param>
    public HostProcess(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Uri health, string folder)
    {
        _name = name;
        _http = new HttpClient { BaseAddress = health, Timeout = TimeSpan.FromSeconds(Patience.Seconds) };
        var start = new ProcessStartInfo(Tool.Find("dotnet") ?? "dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>All that it wrote to its output and errors so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Waits until it is ready; fails when it ends before.</summary>
    public Task ReadyAsync() => Patience.Until(
        async () =>
        {
            Assert.False(_process.HasExited, $"the {_name} ended before it was ready:\n{Output}");
            return await IsReadyAsync();
        },
        $"the {_name} is ready",
        StartSeconds);

    public async Task<bool> IsReadyAsync() => await ProbeAsync("ready") == 200;

    /// <summary>The status of a health endpoint: live, ready or startup; 0 when nobody answers.</summary>
    public async Task<int> ProbeAsync(string endpoint)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/" + endpoint, UriKind.Relative));
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Within($"the killed {_name} is gone");
    }

    /// <summary>SIGTERM; it ends by itself, with this exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        (await Tool.RunAsync("sh", ["-c", $"kill -TERM {_process.Id}"])).Succeeded();
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Within($"the {_name} ends:\n{Output}");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
