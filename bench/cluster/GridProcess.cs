using System.Diagnostics;
using System.Net;
using Footprint.Grid.Bench.Processes;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>A silo or a gateway as it is built.</summary>
internal sealed class GridProcess : DotnetProcess
{
    /// <summary>The development key that all are started with.</summary>
    public const string ApiKey = "bench-key-0123456789abcdef0123456789";
    private const int ReadySeconds = 120;

    private readonly IPEndPoint _health;

    private GridProcess(string program, IPEndPoint address, IPEndPoint health, IEnumerable<string> arguments)
        : base(program.ToLowerInvariant(), PathOf(program), ["--api-key", ApiKey, "--health", health.ToString(), .. arguments], address)
    {
        _health = health;
    }

    public static GridProcess StartSilo(IPEndPoint redis)
    {
        var orleans = FreePort.Next();
        return new GridProcess(
            "Silo", orleans, FreePort.Next(), ["--redis", $"{redis}", "--silo-port", $"{FreePort.Next().Port}", "--orleans-port", $"{orleans.Port}"]);
    }

    /// <param name="redis">Where the cluster meets.</param>
    /// <param name="join">client or member.</param>
    public static GridProcess StartGateway(IPEndPoint redis, string join)
    {
        var grpc = FreePort.Next();
        return new GridProcess(
            "Gateway",
            grpc,
            FreePort.Next(),
            [
                "--redis", $"{redis}", "--join", join, "--silo-port", $"{FreePort.Next().Port}", "--orleans-port", $"{FreePort.Next().Port}",
                "--http", $"{FreePort.Next()}", "--grpc", $"{grpc}",
            ]);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public void WaitUntilReady()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{_health}"), Timeout = TimeSpan.FromSeconds(10) };
        var start = Stopwatch.GetTimestamp();
        while (!IsReady(http))
        {
            ThrowIfExited();
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > ReadySeconds)
            {
                throw new TimeoutException($"{Name} was not ready within {ReadySeconds} s.\n{Output}");
            }

            Thread.Sleep(50);
        }
    }

    private static bool IsReady(HttpClient http)
    {
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string PathOf(string program)
    {
        var name = $"Footprint.Grid.{program}";
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{name}.dll"));
    }
}
