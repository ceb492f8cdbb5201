using System.Globalization;

namespace Footprint.Grid.Api.Options;

/// <summary>Where another process listens.</summary>
internal readonly record struct HostAddress(string Host, int Port)
{
    public const string Limit = "HOST:PORT, where HOST is a name or an IP address and PORT is 1 to 65535";

    public static bool TryParse(string text, out HostAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is 0 or > 65535)
        {
            return false;
        }

        var host = text[..colon];
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (Uri.CheckHostName(bare) == UriHostNameType.Unknown || (bare.Contains(':') && bare == host))
        {
            return false;
        }

        address = new HostAddress(host, port);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
