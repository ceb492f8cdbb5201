using Footprint.Grid.Silo.Options;

namespace Footprint.Grid.Cluster.Tests.Options;

public sealed class SiloOptionsReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OptionsTestBed<SiloOptions> _bed = new(SiloRows.Table, SiloOptionsReader.Read);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Options_NothingGiven_StayOnThisMachine()
    {
        var options = _bed.ReadValid();

        Assert.Equal("127.0.0.1:6379", options.Cluster.Redis);
        Assert.Equal(("127.0.0.1", 11111, 30000), (options.Member.AdvertisedIp.ToString(), options.Member.SiloPort, options.Member.OrleansPort));
        Assert.True(options.Health.Listen.IsLoopback);
        Assert.False(options.HasDashboard);
    }

    [Fact]
    public void Faults_InAllSources_AreToldAtOnceAndWithoutSecrets()
    {
        _bed.CommandLine["redis"] = ",password=very-secret";
        _bed.CommandLine["silo-port"] = "0";
        _bed.Environment["FOOTPRINT_CLUSTER_ID"] = "two words";
        _bed.Environment["POD_IP"] = "not-an-ip";
        _bed.Environment["FOOTPRINT_HEALTH"] = "everywhere";
        _bed.Settings = """{"SweepHours":0,"Colour":"red","Tenants":[{"Name":"shop"}]}""";

        var told = _bed.Read().Faults.Select(fault => fault.ToString()).ToList();

        Assert.Equal(8, told.Count);
        Assert.Contains(told, text => text.StartsWith("--redis (command line)", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--silo-port", StringComparison.Ordinal) && text.Contains("1 to 65535", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--cluster-id (environment variable FOOTPRINT_CLUSTER_ID)", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--advertised-ip (environment variable POD_IP)", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--health", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--sweep-hours", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Colour", StringComparison.Ordinal) && text.Contains("silo", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Tenants[0].Consent", StringComparison.Ordinal));
        Assert.DoesNotContain(told, text => text.Contains("very-secret", StringComparison.Ordinal));
    }

    [Fact]
    public void AdvertisedIp_OfItsOwnName_GoesBeforeThePods()
    {
        _bed.CommandLine["secret-file"] = Secret();
        _bed.Environment["POD_IP"] = "10.0.0.7";
        Assert.Equal("10.0.0.7", _bed.ReadValid().Member.AdvertisedIp.ToString());

        _bed.Environment["FOOTPRINT_ADVERTISED_IP"] = "10.0.0.8";
        Assert.Equal("10.0.0.8", _bed.ReadValid().Member.AdvertisedIp.ToString());
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void AdvertisedIp_ThatNobodyCanReach_IsRefused(string ip)
    {
        _bed.CommandLine["advertised-ip"] = ip;

        Assert.Equal("--advertised-ip", _bed.ReadSingleFault().Option);
    }

    [Theory]
    [InlineData("advertised-ip", "192.0.2.7")]
    [InlineData("health", "0.0.0.0:8090")]
    public void Listener_BeyondLoopbackWithDevelopmentKey_IsRefused(string option, string value)
    {
        _bed.CommandLine[option] = value;
        _bed.CommandLine["secret-file"] = Secret();
        _bed.CommandLine["api-key"] = "secret-of-mine";

        var fault = _bed.ReadSingleFault();

        Assert.Equal("--" + option, fault.Option);
        Assert.DoesNotContain("secret-of-mine", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_OfASiloThatOthersReach_MustBeGiven()
    {
        _bed.Environment["POD_IP"] = "10.0.0.7";

        Assert.Equal("--secret-file", _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Secret_NotGivenOnOneMachine_IsMadeOnceAndShared()
    {
        _bed.CommandLine["data"] = Path.Combine(_folder.Path, "new");
        var options = _bed.ReadValid();

        var secrets = Enumerable.Range(0, 8).AsParallel().Select(_ => Convert.ToHexString(options.Hosting.Secret(options.Process))).ToList();

        Assert.Single(secrets.Distinct());
        Assert.Equal(["secret"], Directory.GetFiles(Path.Combine(_folder.Path, "new")).Select(Path.GetFileName));
    }

    [Fact]
    public void Ports_OfOneNumber_AreRefused()
    {
        _bed.CommandLine["silo-port"] = "30000";

        Assert.Equal("--orleans-port", _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Redis_WithPasswordAndTls_IsTakenAsItIs()
    {
        _bed.Environment["FOOTPRINT_REDIS"] = "redis.example:6380,password=x,ssl=true";

        Assert.Equal("redis.example:6380,password=x,ssl=true", _bed.ReadValid().Cluster.Redis);
    }

    private string Secret()
    {
        var path = _folder.File("given");
        File.WriteAllText(path, "a secret of thirty-two bytes or more");
        return path;
    }
}
