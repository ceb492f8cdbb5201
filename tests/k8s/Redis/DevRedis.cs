using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Redis;

/// <summary>A real Redis on a folder that its caller keeps.</summary>
internal sealed class DevRedis : IDisposable
{
    private const string Password = "only-for-this-test";

    private readonly int _port = FreePort();
    private readonly string _password;
    private readonly Process _process;

    private DevRedis(string folder, string password, IEnumerable<string> arguments)
    {
        _password = password;
        _process = Process.Start(new ProcessStartInfo("redis-server", [.. arguments, "--dir", folder, "--port", $"{_port}", "--bind", "127.0.0.1"])
        {
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>With the settings of the dev overlay, whose two folders are moved to the given one.</summary>
    public static Task<DevRedis> AsInDevAsync(string folder)
    {
        var settings = Repository.Read("k8s/redis/redis.conf");
        var file = Path.Combine(folder, "redis.conf");
        File.WriteAllText(file, Move(Move(settings, "dir /data\n", $"dir {folder}\n"), "/etc/redis-secret/", folder + "/"));
        File.WriteAllText(Path.Combine(folder, "auth.conf"), $"requirepass {Password}\n");
        return StartAsync(new DevRedis(folder, Password, [file]));
    }

    public static Task<DevRedis> WithArgumentsAsync(string folder, params string[] arguments) => StartAsync(new DevRedis(folder, "", arguments));

    public Task<string> AskAsync(params string[] command) => AskWithAsync(_password, command);

    public async Task<string> AskWithAsync(string password, params string[] command)
    {
        string[] auth = password.Length == 0 ? [] : ["-a", password, "--no-auth-warning"];
        var result = await Tool.RunAsync("redis-cli", ["-p", $"{_port}", .. auth, .. command]);
        return (result.Output + result.Errors).Trim();
    }

    /// <summary>The value behind the name in the answer to CONFIG GET.</summary>
    public async Task<string> SettingAsync(string name) => (await AskAsync("CONFIG", "GET", name))[name.Length..].Trim();

    public Task EndedAsync() => _process.WaitForExitAsync().Within("redis-server ends");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<DevRedis> StartAsync(DevRedis redis)
    {
        while (await redis._process.StandardOutput.ReadLineAsync().Within("redis-server says that it is ready") is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return redis;
            }
        }

        redis.Dispose();
        throw new InvalidOperationException("redis-server ended instead of starting");
    }

    private static string Move(string settings, string from, string to)
    {
        Assert.Contains(from, settings);
        return settings.Replace(from, to, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
