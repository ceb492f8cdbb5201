using System.Security.Cryptography.X509Certificates;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Api.Hosting;

/// <summary>The certificate of both listeners and what is sent along with it.</summary>
internal sealed record Certificates(X509Certificate2 Own, X509Certificate2Collection Chain)
{
    public static Certificates? Load(TlsFiles? files)
    {
        if (files is null)
        {
            return null;
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.Certificate);
        if (chain.Count > 0)
        {
            // The first in the file is the certificate itself.
            chain.RemoveAt(0);
        }

        return new Certificates(X509Certificate2.CreateFromPemFile(files.Certificate, files.Key), chain);
    }
}
