using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Footprint.Grid.Bench.Processes;

/// <summary>Reads the node's Prometheus text.</summary>
internal sealed class NodeMetrics(IPEndPoint http) : IDisposable
{
    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total", Staleness = "footprint_grid_knowledge_staleness_seconds",
        Waiting = "footprint_grid_knowledge_waiting", Work = "footprint_grid_knowledge_work_seconds_total";
    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://{http}"), Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>What the process allocated since it started.</summary>
    public double AllocatedBytes => Read(Allocated);

    /// <summary>Seconds that learning in the background took since the process started.</summary>
    public double LearningSeconds => Read(Work);

    /// <summary>Waits until shared knowledge was published that holds all that was acknowledged so far, and all that follows from it.</summary>
    public void WaitForKnowledge(TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (Read(Staleness) < elapsed.TotalSeconds && Read(Waiting) == 0)
            {
                return;
            }

            if (elapsed > timeout)
            {
                throw new TimeoutException($"The node did not publish its knowledge within {timeout.TotalSeconds} s.");
            }

            Thread.Sleep(50);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The sum of a metric's series.</summary>
    private double Read(string name)
    {
        using var response = _client.Send(new HttpRequestMessage(HttpMethod.Get, "/metrics"));
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var sum = 0.0;
        var found = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
            {
                sum += double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
                found = true;
            }
        }

        return found ? sum : throw new InvalidOperationException($"The node has no metric {name}.");
    }
}
