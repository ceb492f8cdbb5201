using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads the two TLS options, which only make sense together and must fit each other.</summary>
internal static class TlsFilesReader
{
    public static TlsFiles? Read(OptionReader reader)
    {
        var certificate = ReadFile(reader, HostRows.TlsCert);
        var key = ReadFile(reader, HostRows.TlsKey);
        foreach (var (row, other) in new[] { (HostRows.TlsCert, HostRows.TlsKey), (HostRows.TlsKey, HostRows.TlsCert) })
        {
            if (reader.IsGiven(row) && !reader.IsGiven(other))
            {
                reader.Refuse(row, reader.Find(row)!.Value, $"is given without {other.Flag}");
            }
        }

        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            using var _ = X509Certificate2.CreateFromPemFile(certificate, key);
            return new TlsFiles(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            reader.Refuse(HostRows.TlsCert, reader.Find(HostRows.TlsCert)!.Value, $"cannot be used with that key: {e.Message}",
                "a PEM certificate and its unencrypted PEM key");
            return null;
        }
    }

    private static string? ReadFile(OptionReader reader, OptionRow row)
    {
        var path = reader.Text(row);
        if (path is not null && !File.Exists(path))
        {
            reader.Refuse(row, reader.Find(row)!.Value, $"there is no file \"{path}\"");
            return null;
        }

        return path;
    }
}
