using System.Diagnostics;

namespace Footprint.Grid.Conformance.Processes;

/// <summary>A test that needs a Python with grpcio; without one it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonGrpcFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> _program = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasGrpc));

    public PythonGrpcFactAttribute() => Skip = Program is null ? "not installed: python3 with grpcio (Debian: python3-grpcio)" : null!;

    /// <summary>The first Python that can import grpc; null when none can.</summary>
    internal static string? Program => _program.Value;

    private static bool HasGrpc(string python)
    {
        if (Tool.Find(python) is not { } path)
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(path, ["-c", "import grpc, google.protobuf"]) { RedirectStandardError = true });
        if (process!.WaitForExit(TimeSpan.FromSeconds(Patience.Seconds)))
        {
            return process.ExitCode == 0;
        }

        process.Kill();
        return false;
    }
}
