namespace Footprint.Grid.Api.Erasure;

/// <summary>The files of a folder, open or not.</summary>
internal sealed class RawFolder(string folder, Func<CancellationToken, Task>? settle = null) : IRawStore
{
    public async Task<IReadOnlyList<byte[]>> ReadAsync(CancellationToken stop)
    {
        var contents = new List<byte[]>();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            try
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes, stop);
                contents.Add(bytes.ToArray());
            }
            catch (IOException)
            {
                // Replaced or removed meanwhile, or held by its owner alone; the next look sees what is there then.
            }
        }

        return contents;
    }

    public Task SettleAsync(CancellationToken stop) => settle?.Invoke(stop) ?? Task.CompletedTask;
}
