using System.Globalization;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.DecisionLog;

/// <summary>
/// One tenant's files, <c>TENANT.TIME.ndjson</c>, each begun when the one before is full; together no more than so many bytes
/// and what is being written. Nobody but the process's user may read them.
/// </summary>
internal sealed class LogSeries(string folder, string tenant, long mostBytes, TimeProvider time) : IDisposable
{
    private const int Files = 16;
    private const int TimeLength = 22;
    private const string End = ".ndjson";
    private FileStream? _file;
    private long _written;

    public void Append(byte[] line)
    {
        if (_file is null || _written + line.Length > Math.Max(1, mostBytes / Files))
        {
            Next();
        }

        _file!.Write(line);
        _written += line.Length;
    }

    public void Dispose()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    /// <summary>A tenant's files, the oldest first.</summary>
    public static IReadOnlyList<FileInfo> Of(string folder, string tenant) =>
        [.. new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => file.Name.StartsWith(tenant + ".", StringComparison.Ordinal)
                && file.Name.EndsWith(End, StringComparison.Ordinal)
                && file.Name.Length == tenant.Length + 1 + TimeLength + End.Length)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];

    private void Next()
    {
        Dispose();
        DataFolder.Make(folder);
        var old = Of(folder, tenant);
        var kept = old.Sum(file => file.Length);
        foreach (var file in old)
        {
            if (kept + (mostBytes / Files) <= mostBytes)
            {
                break;
            }

            kept -= file.Length;
            file.Delete();
        }

        // Two that are begun in one tick go by the next free name.
        for (var at = time.GetUtcNow().UtcDateTime; ; at = at.AddTicks(1))
        {
            var path = Path.Combine(folder, $"{tenant}.{at.ToString("yyyyMMdd'T'HHmmssfffffff", CultureInfo.InvariantCulture)}{End}");
            if (!File.Exists(path))
            {
                // Without a buffer: what a full disk refused must not be tried again when the file is closed.
                var options = DataFolder.NewFile();
                options.BufferSize = 0;
                _file = new FileStream(path, options);
                _written = 0;
                return;
            }
        }
    }
}
