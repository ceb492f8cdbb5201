using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Health.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Grpc;

public sealed class TlsTests
{
    [Fact]
    public async Task Host_WithCertificate_SpeaksTls()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var host = await ApiHost.StartAsync(options => options.Grpc.Certificate = certificate);
        using var client = new GrpcClient(host.GrpcAddress, ApiHost.AdminKey, certificate);

        var reply = await client.CallAsync("/grpc.health.v1.Health/Check", new HealthCheckRequest());

        Assert.Equal(Code.Ok, reply.Code);
    }
}
