using System.Security.Cryptography;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Auth;

/// <summary>
/// What a server signs with, so that it knows its own links again. Kept in the data folder, readable by its owner alone, or
/// given as a file, which processes that serve the same clients share.
/// </summary>
internal static class ServerSecret
{
    public const string FileName = "secret";
    public const int LeastBytes = 32;
    public const int MostBytes = 4096;
    public const string Limit = "a file of 32 to 4096 bytes, best made by chance";

    /// <summary>The bytes of the file without white space at its ends; null when it cannot be read or is no secret.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path).AsSpan().Trim(" \t\r\n"u8).ToArray();
            return bytes.Length < LeastBytes ? null : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The secret kept in that folder, else a new one. Of several processes that begin at once all get the same.</summary>
    public static byte[] ReadOrMake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            DataFolder.Make(folder);
            Make(path);
        }

        return Read(path) ?? throw new IOException($"{path} cannot be read or holds no secret; it must be {Limit}.");
    }

    private static void Make(string path)
    {
        // Written whole under another name first: nobody reads half a secret, and the first one to give it its name wins.
        var part = $"{path}.{Guid.NewGuid():N}";
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LeastBytes));
        using (var writer = new StreamWriter(part, DataFolder.NewFile()))
        {
            writer.WriteLine(secret);
        }

        try
        {
            File.Move(part, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
        }
    }
}
