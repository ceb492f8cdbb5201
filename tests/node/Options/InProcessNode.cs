using Footprint.Grid.Node.Commands;

namespace Footprint.Grid.Node.Tests.Options;

/// <summary>A node run by its command line inside this process, on free ports.</summary>
internal sealed class InProcessNode : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SignallingWriter _output = new("Ctrl-C stops the node");
    private readonly StringWriter _errors = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<int> _run = Task.FromResult(0);

    private InProcessNode()
    {
    }

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    /// <summary>As the node tells it.</summary>
    public Uri Http =>
        new(Output.Split('\n').First(line => line.TrimStart().StartsWith("HTTP", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    public static Task<InProcessNode> StartAsync(params string[] args) => StartAsync(new Dictionary<string, string>(), args);

    public static async Task<InProcessNode> StartAsync(Dictionary<string, string> environment, params string[] args)
    {
        var node = new InProcessNode();
        node._run = NodeProgram.RunAsync(
            ["--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--log-level", "error", .. args],
            environment, TextReader.Null, node._output, node._errors, node._stop.Token);
        var first = await Task.WhenAny(node._run, node._output.Seen).WaitAsync(Limit);
        Assert.True(first != node._run, $"the node ended before it was started: {node.Errors}");
        return node;
    }

    /// <summary>Stops it as a signal would and expects a good end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _run.WaitAsync(Limit));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }
}
