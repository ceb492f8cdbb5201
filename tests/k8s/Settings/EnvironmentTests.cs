using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Settings;

/// <summary>What the manifests tell an executable is what it can be told; a misspelt variable would be without effect.</summary>
public sealed class EnvironmentTests
{
    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [ExecutableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Variables_OfBoth_AreOptionsOfTheExecutable(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var (secrets, _) = await SecretTests.MakeAsync();
        foreach (var executable in Overlay.Executables)
        {
            var schema = new ConfigurationSchema(executable);
            var fromSecrets = all.Container(executable).Each("envFrom").Select(from => from.Text("secretRef", "name")).OfType<string>()
                .SelectMany(name => secrets.Single(secret => secret.Text("metadata", "name") == name).Pairs("stringData").Keys);
            var unknown = all.Environment(executable).Keys.Concat(fromSecrets).Where(variable => !schema.Knows(variable));
            Assert.Empty(unknown);
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Members_OfOneCluster_AreToldTheSameNamesAndRedis(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var silo = all.Environment("silo");
        var gateway = all.Environment("gateway");

        Assert.All(["FOOTPRINT_CLUSTER_ID", "FOOTPRINT_SERVICE_ID", "FOOTPRINT_REDIS"], name => Assert.Equal(silo[name], gateway[name]));
        Assert.Contains("secretKeyRef", silo["FOOTPRINT_REDIS"]);
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Silo_OfACluster_AdvertisesTheAddressOfItsPod(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);

        Assert.Equal("status.podIP", AdvertisedBy(all, "silo"));
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Gateway_OfACluster_IsAMemberInEveryRespectOrInNone(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var isMember = all.Environment("gateway").GetValueOrDefault("FOOTPRINT_JOIN") == "member";

        Assert.Equal(overlay.EndsWith("joined", StringComparison.Ordinal), isMember);
        Assert.Equal(isMember ? "status.podIP" : null, AdvertisedBy(all, "gateway"));
        Assert.Equal(isMember ? all.Environment("silo")["FOOTPRINT_SILO_PORT"] : null, all.Environment("gateway").GetValueOrDefault("FOOTPRINT_SILO_PORT"));
        Assert.Equal(
            isMember ? "true" : null,
            all.One("Deployment", "gateway").Text("spec", "template", "metadata", "labels", "footprint-grid/cluster-member"));
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Listeners_OfBoth_AreThePortsOfTheContainer(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var silo = all.Environment("silo");
        var gateway = all.Environment("gateway");

        Assert.Equal(Ports(all, "silo"), [silo["FOOTPRINT_SILO_PORT"], silo["FOOTPRINT_ORLEANS_PORT"], Port(silo["FOOTPRINT_HEALTH"])]);
        string[] joined = gateway.TryGetValue("FOOTPRINT_SILO_PORT", out var port) ? [port] : [];
        Assert.Equal(
            Ports(all, "gateway").ToHashSet(),
            [Port(gateway["FOOTPRINT_HTTP"]), Port(gateway["FOOTPRINT_GRPC"]), Port(gateway["FOOTPRINT_HEALTH"]), .. joined]);
    }

    [Theory]
    [InlineData("FOOTPRINT_SHUTDOWN_SECONDS", true)]
    [InlineData("FOOTPRINT_KEYS__0__HASH", true)]
    [InlineData("FOOTPRINT_KEYS__12__SCOPES__3", true)]
    [InlineData("FOOTPRINT_OTLP", true)]
    [InlineData("FOOTPRINT_SHUTDOWNSECONDS", false)]
    [InlineData("FOOTPRINT_KEYS__0__HASHES", false)]
    [InlineData("FOOTPRINT_KEYS__HASH", false)]
    [InlineData("FOOTPRINT_OTLP_", false)]
    [InlineData("REDIS", false)]
    public void Schema_AskedForAVariable_KnowsTheOptionsOfTheNode(string variable, bool known) =>
        Assert.Equal(known, new ConfigurationSchema("node").Knows(variable));

    private static string? AdvertisedBy(Overlay all, string executable) =>
        all.Container(executable).Each("env").SingleOrDefault(variable => variable.Text("name") == "FOOTPRINT_ADVERTISED_IP")
            .Text("valueFrom", "fieldRef", "fieldPath");

    private static IEnumerable<string> Ports(Overlay all, string executable) =>
        all.Container(executable).Each("ports").Select(port => port.Text("containerPort")!);

    // A pod is asked by others: what listens on loopback alone would never be ready.
    private static string Port(string address)
    {
        Assert.StartsWith("0.0.0.0:", address);
        return address["0.0.0.0:".Length..];
    }
}
