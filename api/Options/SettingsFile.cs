using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Footprint.Grid.Api.Options;

/// <summary>The appsettings file: the one that was named, else <c>appsettings.json</c> here or beside the program.</summary>
internal sealed record SettingsFile(string Name, IConfiguration Configuration, ConfigurationFault? Fault = null)
{
    public const string DefaultName = "appsettings.json";

    public static readonly SettingsFile None = new(DefaultName, new ConfigurationBuilder().Build());

    public static SettingsFile Load(string? named, string namedBy)
    {
        var path = named ?? new[] { Environment.CurrentDirectory, AppContext.BaseDirectory }
            .Select(folder => Path.Combine(folder, DefaultName))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            return None;
        }

        var name = named ?? DefaultName;
        if (!File.Exists(path))
        {
            return None with { Fault = new ConfigurationFault(OptionTable.Config.Flag, namedBy, $"there is no file \"{name}\"") };
        }

        try
        {
            // A stream, not AddJsonFile: a file that changes under a running node must not change what was checked.
            using var stream = File.OpenRead(path);
            return new SettingsFile(name, new ConfigurationBuilder().AddJsonStream(stream).Build());
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return None with { Fault = new ConfigurationFault(name, "", $"cannot be read: {(e.InnerException ?? e).Message}") };
        }
    }
}
