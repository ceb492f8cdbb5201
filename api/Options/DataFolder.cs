namespace Footprint.Grid.Api.Options;

/// <summary>The folder for what one process keeps; nobody else on the machine may read it.</summary>
internal static class DataFolder
{
    /// <summary>Of a file in it.</summary>
    public const UnixFileMode ModeOfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerOnly = ModeOfFiles | UnixFileMode.UserExecute;

    /// <summary>Tries to write there, or where it would be made, and leaves nothing behind; null when all is well.</summary>
    public static string? WhyNotUsable(string path)
    {
        try
        {
            var folder = new DirectoryInfo(path);
            while (!folder.Exists)
            {
                if (File.Exists(folder.FullName) || folder.Parent is null)
                {
                    return $"is not a folder: {folder.FullName}";
                }

                folder = folder.Parent;
            }

            var probe = Path.Combine(folder.FullName, $".probe-{Guid.NewGuid():N}");
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

    public static void Make(string path) =>
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);

    /// <summary>How a file in it is made that is not there yet.</summary>
    public static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ModeOfFiles;
        }

        return options;
    }
}
