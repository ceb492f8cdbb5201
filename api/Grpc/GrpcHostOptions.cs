using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Footprint.Grid.Api.Grpc;

/// <summary>The built-in gRPC host: where it listens and what it allows a connection.</summary>
public sealed class GrpcHostOptions
{
    /// <summary>False where another adapter serves gRPC.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Port 0 takes a free one; <see cref="GrpcHost.BoundAddress"/> says which.</summary>
    public IPEndPoint Listen { get; set; } = new(IPAddress.Loopback, 8081);

    /// <summary>With one the host speaks TLS, else h2c.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Intermediate certificates to send along with it.</summary>
    public X509Certificate2Collection CertificateChain { get; set; } = [];

    /// <summary>Concurrent calls on one connection; 1 to 100,000.</summary>
    public int MaxStreamsPerConnection { get; set; } = 1_000;

    /// <summary>Connections at once; 1 to 1,000,000.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>An idle connection is pinged after this time; 1 second to 1 day.</summary>
    public TimeSpan KeepAliveDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>And closed when the ping is not answered within this; 1 second to 1 hour.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Smaller answers are not compressed, even for a client that accepts gzip; 0 or more.</summary>
    public int GzipFromBytes { get; set; } = 16 * 1024;

    /// <summary>Messages of one stream that may be in work at once; 1 to 10,000.</summary>
    public int StreamWindow { get; set; } = 64;

    /// <summary>And their bytes; a larger single message is taken alone. 1 KiB to 1 GiB.</summary>
    public int StreamWindowBytes { get; set; } = 8 * 1024 * 1024;
}
