using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Options;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Footprint.Grid.Api.Hosting;

/// <summary>From checked options to listeners and to the API's own options.</summary>
internal static class EndpointHost
{
    /// <summary>The listener of the JSON side.</summary>
    public static void ListenHttp(KestrelServerOptions kestrel, EndpointOptions options, Certificates? certificates)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxMessageBytes;
        kestrel.Listen(options.Http.Address, options.Http.Port, listen => UseTls(listen, certificates));
    }

    public static void UseTls(ListenOptions listen, Certificates? certificates)
    {
        if (certificates is not null)
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificates.Own;
                https.ServerCertificateChain = certificates.Chain;
            });
        }
    }

    /// <param name="keys">The configured keys, or the development key.</param>
    public static void SetUp(
        FootprintApiOptions api, ProcessOptions process, EndpointOptions options, IReadOnlyList<ApiKeyOptions> keys, Certificates? certificates)
    {
        api.Keys = [.. keys];
        api.Secret = process.Secret ?? api.Secret;
        api.Purposes = process.Tenants.ToDictionary(tenant => tenant.Name, tenant => tenant.Purposes, StringComparer.Ordinal);
        api.Limits = options.Limits;
        api.MaxMessageBytes = options.MaxMessageBytes;
        api.DrainTimeout = process.DrainTimeout;
        api.Grpc.Listen = new(options.Grpc.Address, options.Grpc.Port);
        if (certificates is not null)
        {
            api.Grpc.Certificate = certificates.Own;
            api.Grpc.CertificateChain = certificates.Chain;
        }
    }
}
