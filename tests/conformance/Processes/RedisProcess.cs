using System.Diagnostics;
using System.Net.Sockets;

namespace Footprint.Grid.Conformance.Processes;

/// <summary>A Redis server that has every write on disk before it answers.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    public const string Program = "redis-server";

    private readonly string _folder;
    private Process? _process;

    private RedisProcess(string folder) => _folder = folder;

    public int Port { get; } = FreePort.Next();

    /// <summary>Where its files are.</summary>
    public string Folder => _folder;

    public string Address => $"127.0.0.1:{Port}";

    public bool IsRunning => _process is not null;

    public static async Task<RedisProcess> StartAsync(string folder)
    {
        var redis = new RedisProcess(folder);
        await redis.StartAsync();
        return redis;
    }

    /// <summary>Starts it, the first time or again on what it had written.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            Program,
            [
                "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always",
                "--logfile", Path.Combine(_folder, "redis.log"),
            ]))!;
        await Patience.Until(AnswersAsync, "redis answers PING");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().Within("the killed redis is gone");
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", Port);
            await socket.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            return await socket.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false) == answer.Length
                && answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }
}
