using Footprint.Grid.Gateway.Options;

namespace Footprint.Grid.Cluster.Tests.Options;

public sealed class GatewayOptionsReaderTests
{
    private readonly OptionsTestBed<GatewayOptions> _bed = new(GatewayRows.Table, GatewayOptionsReader.Read);

    [Fact]
    public void Options_NothingGiven_StayOnThisMachineApartFromASilosPorts()
    {
        var options = _bed.ReadValid();

        Assert.True(options.Endpoints.LoopbackOnly);
        Assert.True(options.Health.Listen.IsLoopback);
        Assert.Equal((8080, 8081, 8090), (options.Endpoints.Http.Port, options.Endpoints.Grpc.Port, options.Health.Listen.Port));
        Assert.DoesNotContain(options.Member.SiloPort, new[] { 11111, 30000 });
        Assert.DoesNotContain(options.Member.OrleansPort, new[] { 11111, 30000 });
    }

    [Theory]
    [InlineData("client", JoinMode.Client)]
    [InlineData("member", JoinMode.Member)]
    [InlineData("SILO", JoinMode.Silo)]
    public void Join_ByName_IsTaken(string text, object mode)
    {
        _bed.CommandLine["join"] = text;

        Assert.Equal(mode, _bed.ReadValid().Join);
    }

    [Theory]
    [InlineData("http", "0.0.0.0:8080")]
    [InlineData("grpc", "[::]:8081")]
    public void Listener_BeyondLoopbackWithoutKeys_IsRefused(string option, string address)
    {
        _bed.CommandLine[option] = address;

        var fault = _bed.ReadSingleFault();

        Assert.Equal("--" + option, fault.Option);
        Assert.Contains("no keys are configured", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public void Health_OnAnotherListenersAddress_IsRefused(string option)
    {
        _bed.CommandLine[option] = "127.0.0.1:8090";

        Assert.Equal("--health", _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Faults_OfManyKinds_AreToldAtOnce()
    {
        _bed.CommandLine["join"] = "friend";
        _bed.CommandLine["redis"] = ",password=very-secret";
        _bed.CommandLine["http"] = "nowhere";
        _bed.CommandLine["tls-cert"] = "absent.pem";

        var faults = _bed.Read().Faults;

        Assert.Equal(["--http", "--join", "--redis", "--tls-cert", "--tls-cert"], faults.Select(fault => fault.Option).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("very-secret", StringComparison.Ordinal));
    }
}
