using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Footprint.Grid.Bench.Processes;

/// <summary>A server in a process of its own, bound to a core, stopped when disposed.</summary>
internal class ServerProcess : IMeteredServer, IDisposable
{
    private const double TicksPerSecond = 100;
    private const int KeptOutput = 16_384;
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <param name="name">For messages.</param>
    /// <param name="file">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="core">Core to bind it to where there are two; all cores when negative.</param>
    public ServerProcess(string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, int core = Pinning.ServerCore)
    {
        Name = name;
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        _process = core < 0 ? Process.Start(start)! : Pinning.On(core, () => Process.Start(start)!);
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>User and system time of all its threads so far; steps of 10 ms.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }

            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    public virtual double AllocatedBytes => double.NaN;

    /// <summary>Memory that it holds in RAM, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Waits until something listens there.</summary>
    public void WaitFor(IPEndPoint address, TimeSpan timeout)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            ThrowIfExited();
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(address);
                return;
            }
            catch (SocketException) when (Stopwatch.GetTimestamp() < deadline)
            {
                Thread.Sleep(50);
            }
            catch (SocketException e)
            {
                throw new TimeoutException($"{Name} did not listen on {address} within {timeout.TotalSeconds} s.\n{Output}", e);
            }
        }
    }

    /// <summary>The end of what it wrote, for messages.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public void ThrowIfExited()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"{Name} ended with code {_process.ExitCode}.\n{Output}");
        }
    }

    /// <summary>Asks it to end, and waits for it.</summary>
    public virtual void Dispose()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                kill.WaitForExit();
            }

            if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                _process.Kill();
                _process.WaitForExit();
            }
        }

        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (_output.Length > 2 * KeptOutput)
            {
                _output.Remove(0, _output.Length - KeptOutput);
            }
        }
    }
}
