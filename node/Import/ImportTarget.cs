using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Node.Options;

namespace Footprint.Grid.Node.Import;

/// <summary>The running node that an import goes to, found by the same options that started it.</summary>
/// <param name="Certificate">Set when the node speaks TLS: the one certificate that is accepted besides those the machine trusts.</param>
internal sealed record ImportTarget(HostAddress Address, string Key, string? Certificate)
{
    /// <summary>What an import reads of the option table.</summary>
    public static readonly IReadOnlyList<OptionRow> Rows =
        [HostRows.Http, HostRows.ApiKey, NodeRows.Data, HostRows.TlsCert, OptionTable.Config];

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(60);

    public static ImportTarget? Read(OptionSources sources, List<ConfigurationFault> faults)
    {
        var reader = new OptionReader(sources);
        var http = reader.Find(HostRows.Http)!.Value;
        if (!HostAddress.TryParse(http.Text, out var address))
        {
            reader.Refuse(HostRows.Http, http, $"\"{http.Text}\" is not the address of a running node", HostAddress.Limit);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            // Where a node listens everywhere it is also here.
            address = address with { Host = "127.0.0.1" };
        }

        var certificate = reader.Text(HostRows.TlsCert);
        if (certificate is not null && !File.Exists(certificate))
        {
            reader.Refuse(HostRows.TlsCert, reader.Find(HostRows.TlsCert)!.Value, $"there is no file \"{certificate}\"", "a PEM file");
        }

        var folder = reader.Text(NodeRows.Data) ?? NodeRows.Data.Default!;
        var key = reader.Text(HostRows.ApiKey) ?? DevelopmentKey.Read(folder);
        if (key is null)
        {
            reader.Refuse(
                HostRows.ApiKey, new OptionValue("", ""), $"is missing, and \"{folder}\" has no development key",
                "a key with the scope define");
        }

        faults.AddRange(reader.Faults);
        return faults.Count == 0 ? new ImportTarget(address, key!, certificate) : null;
    }

    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (Certificate is not null)
        {
            var own = X509Certificate2.CreateFromPem(File.ReadAllText(Certificate));
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                errors == SslPolicyErrors.None || (shown is not null && shown.GetCertHashString() == own.GetCertHashString());
        }

        var client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"{(Certificate is null ? "http" : "https")}://{Address}"),
            Timeout = _timeout,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return client;
    }
}
