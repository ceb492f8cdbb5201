using System.Diagnostics;

namespace Footprint.Grid.K8s.Tests.Processes;

/// <summary>Runs a program of somebody else's to its end.</summary>
internal static class Tool
{
    /// <summary>Where a program is found on the path; null when it is not there.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, string? folder = null, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            try
            {
                await process.StandardInput.WriteAsync(input).Within($"{program} takes its input");
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading; its exit code tells why.
            }

            await process.WaitForExitAsync().Within($"{program} {string.Join(' ', start.ArgumentList)} ends");
            return new ToolResult(process.ExitCode, await output.Within("output ends"), await errors.Within("errors end"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
