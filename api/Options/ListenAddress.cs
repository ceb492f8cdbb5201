using System.Globalization;
using System.Net;

namespace Footprint.Grid.Api.Options;

/// <summary>An address and a port to listen on. Port 0 takes a free one.</summary>
internal readonly record struct ListenAddress(IPAddress Address, int Port)
{
    public const string Limit = "ADDR:PORT, where ADDR is an IP address or localhost and PORT is 0 to 65535 (0 takes a free port)";

    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c>.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
        {
            return false;
        }

        var host = text[..colon];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            address = new ListenAddress(IPAddress.Loopback, port);
            return true;
        }

        // Without brackets a colon would leave open where an IPv6 address ends.
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':') != bracketed || !IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip))
        {
            return false;
        }

        address = new ListenAddress(ip, port);
        return bracketed || IsDottedQuad(host);
    }

    public override string ToString() => new IPEndPoint(Address, Port).ToString();

    // IPAddress also reads "1" and "0x7f.1", which nobody means to write here.
    private static bool IsDottedQuad(string host) => host.Count(c => c == '.') == 3;
}
