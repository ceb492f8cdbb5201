using System.Runtime.InteropServices;

namespace Footprint.Grid.Bench.Processes;

/// <summary>
/// Gives the system under test one core and the load another, where there are two: rates then say what a core does, and the
/// load does not take from it. A child process inherits the core of the thread that starts it.
/// </summary>
internal static class Pinning
{
    public const int LoadCore = 0, ServerCore = 1;

    public static bool Possible { get; } = OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2;

    /// <summary>Runs something on the calling thread while it is bound to a core, then gives back the cores it had.</summary>
    public static T On<T>(int core, Func<T> work)
    {
        if (!Possible)
        {
            return work();
        }

        var size = (nuint)128;
        var before = new byte[128];
        var one = new byte[128];
        one[core / 8] = (byte)(1 << (core % 8));
        if (sched_getaffinity(0, size, before) < 0 || sched_setaffinity(0, size, one) != 0)
        {
            throw new InvalidOperationException($"Cannot bind a thread to core {core}: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            return work();
        }
        finally
        {
            _ = sched_setaffinity(0, size, before);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sched_setaffinity(int thread, nuint size, byte[] mask);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sched_getaffinity(int thread, nuint size, [Out] byte[] mask);
}
