namespace Footprint.Grid.Node.Options;

/// <summary>The folder for what one node keeps; nobody else on the machine may read it.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder when it is missing and tries to write; null when all is well.</summary>
    public static string? WhyNotUsable(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
            }

            var probe = Path.Combine(path, $".probe-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"cannot be written: {e.Message}";
        }
    }
}
