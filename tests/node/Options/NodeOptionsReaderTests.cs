using System.Net;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Tests.Options;

public sealed class NodeOptionsReaderTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly OptionsTestBed _bed = new();

    [Fact]
    public void Options_NothingGiven_AreLoopbackWithDefaultTenantOptOut()
    {
        var options = _bed.ReadValid();

        Assert.Equal("127.0.0.1:8080", options.Endpoints.Http.ToString());
        Assert.Equal("127.0.0.1:8081", options.Endpoints.Grpc.ToString());
        Assert.True(options.Endpoints.LoopbackOnly);
        Assert.Empty(options.Process.Keys);
        var tenant = Assert.Single(options.Process.Tenants);
        Assert.Equal(("default", ConsentRegime.OptOut), (tenant.Name, tenant.Consent));
    }

    [Theory]
    [InlineData("127.0.0.1:1001", "127.0.0.1:1002", "127.0.0.1:1003", 1001)]
    [InlineData(null, "127.0.0.1:1002", "127.0.0.1:1003", 1002)]
    [InlineData(null, null, "127.0.0.1:1003", 1003)]
    [InlineData(null, null, null, 8080)]
    public void Http_GivenInSeveralPlaces_StrongestHolds(string? commandLine, string? environment, string? settings, int port)
    {
        if (commandLine is not null)
        {
            _bed.CommandLine["http"] = commandLine;
        }

        if (environment is not null)
        {
            _bed.Environment["FOOTPRINT_HTTP"] = environment;
        }

        if (settings is not null)
        {
            _bed.Settings = $$"""{"Http":"{{settings}}"}""";
        }

        Assert.Equal(port, _bed.ReadValid().Endpoints.Http.Port);
    }

    [Fact]
    public void Http_EmptyVariable_CountsAsUnset()
    {
        _bed.Environment["FOOTPRINT_HTTP"] = "";

        Assert.Equal(8080, _bed.ReadValid().Endpoints.Http.Port);
    }

    [Fact]
    public void Faults_InAllSources_AreToldAtOnceWithOriginAndLimit()
    {
        _bed.CommandLine["http"] = "nowhere";
        _bed.CommandLine["store"] = "paper";
        _bed.Environment["FOOTPRINT_GRPC"] = "127.0.0.1:70000";
        _bed.Environment["FOOTPRINT_API_KEY"] = "with space";
        _bed.Settings = """{"ResidentProfiles":3,"Otlp":"collector","Colour":"red","Tenants":[{"Name":"shop"}]}""";

        var result = _bed.Read();

        Assert.Null(result.Options);
        var told = result.Faults.Select(fault => fault.ToString()).ToList();
        Assert.Equal(8, told.Count);
        Assert.Contains(told, text => text.StartsWith("--http (command line)", StringComparison.Ordinal) && text.Contains("ADDR:PORT"));
        Assert.Contains(told, text => text.StartsWith("--store (command line)", StringComparison.Ordinal) && text.Contains("sqlite, redis, memory"));
        Assert.Contains(told, text => text.StartsWith("--grpc (environment variable FOOTPRINT_GRPC)", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--api-key (environment variable FOOTPRINT_API_KEY)", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("--resident-profiles (appsettings.json Footprint:ResidentProfiles)", StringComparison.Ordinal)
            && text.Contains("16 to 100000000"));
        Assert.Contains(told, text => text.StartsWith("--otlp (appsettings.json", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Colour (appsettings.json", StringComparison.Ordinal));
        Assert.Contains(told, text => text.StartsWith("Tenants[0].Consent", StringComparison.Ordinal) && text.Contains("opt-in or opt-out"));
        Assert.DoesNotContain(told, text => text.Contains("with space"));
    }

    [Theory]
    [InlineData("127.0.0.1:0", true)]
    [InlineData("localhost:80", true)]
    [InlineData("[::1]:80", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1:", false)]
    [InlineData("127.0.0.1:65536", false)]
    [InlineData("127.0.0.1:-1", false)]
    [InlineData(":80", false)]
    [InlineData("::1:80", false)]
    [InlineData("1:80", false)]
    [InlineData("example.org:80", false)]
    public void Http_Text_IsAddressAndPortOrRefused(string text, bool valid)
    {
        _bed.CommandLine["http"] = text;

        Assert.Equal(valid, _bed.Read().Faults.Count == 0);
    }

    [Theory]
    [InlineData("http", "0.0.0.0:8080")]
    [InlineData("grpc", "[::]:8081")]
    [InlineData("http", "192.0.2.7:8080")]
    public void Listener_BeyondLoopbackWithoutKeys_IsRefused(string option, string address)
    {
        _bed.CommandLine[option] = address;

        var fault = _bed.ReadSingleFault();

        Assert.Equal("--" + option, fault.Option);
        Assert.Contains("no keys are configured", fault.Message);
    }

    [Fact]
    public void Listener_BeyondLoopbackWithDevelopmentKey_IsRefusedEvenBesideConfiguredKeys()
    {
        _bed.CommandLine["http"] = "0.0.0.0:8080";
        _bed.CommandLine["api-key"] = "secret-of-mine";
        Assert.DoesNotContain("secret-of-mine", _bed.ReadSingleFault().ToString());

        _bed.Settings = Keys("default", "ingest");
        Assert.Contains("for development", _bed.ReadSingleFault().Message);
    }

    [Fact]
    public void Listener_BeyondLoopbackWithConfiguredKeys_IsAccepted()
    {
        _bed.CommandLine["http"] = "0.0.0.0:8080";
        _bed.Settings = Keys("default", "ingest");

        var options = _bed.ReadValid();

        Assert.Equal(IPAddress.Any, options.Endpoints.Http.Address);
        Assert.Equal(Hash, Assert.Single(options.Process.Keys).Hash);
    }

    [Fact]
    public void Keys_FromEnvironment_ReplaceThoseOfSettings()
    {
        _bed.Settings = Keys("default", "ingest");
        _bed.Environment["FOOTPRINT_KEYS__0__ID"] = "site";
        _bed.Environment["FOOTPRINT_KEYS__0__HASH"] = Hash.Replace('0', 'f');
        _bed.Environment["FOOTPRINT_KEYS__0__TENANT"] = "shop";
        _bed.Environment["FOOTPRINT_KEYS__0__SCOPES"] = "decide, profile:read";
        _bed.Environment["FOOTPRINT_TENANTS__0__NAME"] = "shop";
        _bed.Environment["FOOTPRINT_TENANTS__0__CONSENT"] = "opt-in";

        var options = _bed.ReadValid();

        var key = Assert.Single(options.Process.Keys);
        Assert.Equal("site", key.Id);
        Assert.Equal(["decide", "profile:read"], key.Scopes);
        Assert.Contains(options.Process.Tenants, tenant => tenant is { Name: "shop", Consent: ConsentRegime.OptIn });
    }

    [Theory]
    [InlineData("shop", "ingest", "Keys[0].Tenant")]
    [InlineData("default", "everything", "Keys[0].Scopes")]
    [InlineData("default", "", "Keys[0].Scopes")]
    public void Keys_WrongEntry_IsRefusedByField(string tenant, string scopes, string field)
    {
        _bed.Settings = Keys(tenant, scopes);

        Assert.Equal(field, _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Keys_PlainKeyInsteadOfHash_IsRefusedWithoutShowingIt()
    {
        _bed.Settings = Keys("default", "ingest").Replace(Hash, "a-plain-secret", StringComparison.Ordinal);

        var fault = _bed.ReadSingleFault();

        Assert.Equal("Keys[0].Hash", fault.Option);
        Assert.DoesNotContain("a-plain-secret", fault.ToString());
    }

    [Fact]
    public void Tenants_Retention_IsReadByCategoryEventTypeAndIdleness()
    {
        _bed.Settings = """{"Tenants":[{"Name":"default","Retention":{"Idle":"400d","Categories":{"location":"30d"},"EventTypes":{"search":"12h"}}}]}""";

        var rules = Assert.Single(_bed.ReadValid().Process.Tenants).Retention;

        Assert.Equal(TimeSpan.FromDays(400), rules.Idle);
        Assert.Equal(TimeSpan.FromDays(30), Assert.Single(rules.Categories).Value);
        Assert.Equal(("search", TimeSpan.FromHours(12)), (rules.EventTypes.Single().Key, rules.EventTypes.Single().Value));
    }

    [Theory]
    [InlineData("""{"Idle":"forever"}""", "Tenants[0].Retention.Idle")]
    [InlineData("""{"Idle":"0h"}""", "Tenants[0].Retention.Idle")]
    [InlineData("""{"Categories":{"location":"36501d"}}""", "Tenants[0].Retention.Categories.location")]
    [InlineData("""{"EventTypes":{"search":"5w"}}""", "Tenants[0].Retention.EventTypes.search")]
    [InlineData("""{"Colour":"red"}""", "Tenants[0].Retention.Colour")]
    public void Tenants_RetentionThatIsNone_IsToldWithItsPlace(string retention, string place)
    {
        _bed.Settings = $$"""{"Tenants":[{"Name":"default","Retention":{{retention}}}]}""";

        Assert.Contains(_bed.Read().Faults, fault => fault.Option == place);
    }

    [Fact]
    public void Tenants_DefaultMayChooseOptIn()
    {
        _bed.Settings = """{"Tenants":[{"Name":"default","Consent":"opt-in"}]}""";

        Assert.Equal(ConsentRegime.OptIn, Assert.Single(_bed.ReadValid().Process.Tenants).Consent);
    }

    [Fact]
    public void Redis_WithoutStore_ChoosesRedis()
    {
        _bed.CommandLine.Remove("store");
        _bed.CommandLine["redis"] = "cache.local:6379";
        _bed.CommandLine["data"] = Path.GetTempPath();

        var options = _bed.ReadValid();

        Assert.Equal((StoreKind.Redis, "cache.local:6379"), (options.Store, options.Redis.ToString()));
    }

    [Theory]
    [InlineData("redis", null)]
    [InlineData("memory", "localhost:6379")]
    [InlineData("redis", "localhost:6379,password=x")]
    [InlineData("redis", "localhost")]
    public void Redis_NotFittingTheStore_IsRefused(string store, string? redis)
    {
        _bed.CommandLine["store"] = store;
        _bed.CommandLine["data"] = Path.GetTempPath();
        if (redis is not null)
        {
            _bed.CommandLine["redis"] = redis;
        }

        Assert.Equal("--redis", _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Listeners_OfTheSamePort_AreRefused()
    {
        _bed.CommandLine["http"] = "127.0.0.1:9000";
        _bed.CommandLine["grpc"] = "127.0.0.1:9000";

        Assert.Equal("--grpc", _bed.ReadSingleFault().Option);
    }

    [Fact]
    public void Tls_CertificateWithoutKey_IsRefused()
    {
        _bed.CommandLine["tls-cert"] = "absent.pem";

        var faults = _bed.Read().Faults;

        Assert.Contains(faults, fault => fault.Message.Contains("there is no file"));
        Assert.Contains(faults, fault => fault.Message.Contains("without --tls-key"));
    }

    [Fact]
    public void Data_ThatIsAFile_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            _bed.CommandLine["store"] = "sqlite";
            _bed.CommandLine["data"] = file;

            Assert.Equal("--data", _bed.ReadSingleFault().Option);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Environment_UnknownVariable_IsToldButNoFault()
    {
        _bed.Environment["FOOTPRINT_HTPP"] = "127.0.0.1:1";

        var result = _bed.Read();

        Assert.Empty(result.Faults);
        Assert.Contains("FOOTPRINT_HTPP", Assert.Single(result.Warnings));
    }

    private static string Keys(string tenant, string scope) =>
        $$"""{"Keys":[{"Id":"k","Hash":"{{Hash}}","Tenant":"{{tenant}}","Scopes":"{{scope}}"}]}""";
}
