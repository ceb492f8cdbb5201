namespace Footprint.Grid.Pages.My;

/// <summary>How the pages look; the only thing that they load.</summary>
public static class StyleSheet
{
    /// <summary>CSS, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("my.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
