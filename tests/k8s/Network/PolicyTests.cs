using System.Net;
using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Network;

/// <summary>Every way between all that there is, on every port that is used: what is meant to be open, and nothing else.</summary>
public sealed class PolicyTests
{
    private const int Silo = 11111;
    private const int OrleansGateway = 30000;
    private const int Http = 8080;
    private const int Grpc = 8081;
    private const int Health = 8090;
    private const int Redis = 6379;
    private const int Otlp = 4317;
    private const int Dns = 53;

    private static readonly int[] _ports = [Silo, OrleansGateway, Http, Grpc, Health, Redis, Otlp, Dns, 22, 443];

    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Connections_BetweenAll_AreOpenWhereTheyAreMeantToBe(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var policies = new PolicySet(all.Of("NetworkPolicy"));
        var peers = Peers(all);
        var faults = from start in peers
                     from end in peers
                     from port in _ports
                     where start.Ours || end.Ours
                     let allowed = policies.Allows(start, end, port)
                     where allowed != IsMeant(start, end, port)
                     select $"{start} → {end}:{port} is {(allowed ? "open" : "closed")}";

        Assert.Empty(faults);
        Assert.True(policies.Allows(peers[0], Named(peers, "dns"), Dns, "UDP"));
    }

    // What keeps a caller in is one policy's slip away from letting it out.
    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_AskedByWhoeverGotSoFar_AcceptOnlyThoseTheyAreMeantFor(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        var policies = new PolicySet(all.Of("NetworkPolicy"));
        var peers = Peers(all);
        var faults = from start in peers
                     from end in peers
                     from port in _ports
                     where end.Ours && port is not (Http or Grpc)
                     where policies.Accepts(end, start, port) && !IsMeant(start, end, port)
                     select $"{end}:{port} accepts {start}";

        Assert.Empty(faults);
    }

    [Fact]
    public void PolicySet_WithoutPolicies_LetsEverythingThrough() =>
        Assert.True(new PolicySet([]).Allows(Pod("a", ("a", "1")), Pod("b", ("b", "1")), Http));

    [Fact]
    public void PolicySet_WithOneSideClosed_LetsNothingThrough()
    {
        var policies = new PolicySet(Yaml.Read("""
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
            ---
            spec:
              podSelector: {matchLabels: {a: "1"}}
              policyTypes: [Egress]
              egress: [{to: [{podSelector: {matchLabels: {b: "1"}}}], ports: [{protocol: TCP, port: 8080}]}]
            """));

        Assert.False(policies.Allows(Pod("a", ("a", "1")), Pod("b", ("b", "1")), Http));
    }

    // The issue's words, once more and apart from the policies.
    private static bool IsMeant(Peer start, Peer end, int port) => port switch
    {
        Silo => IsMember(start) && IsMember(end),
        OrleansGateway => IsGateway(start) && end.Name == "silo",
        Redis => (start.Name == "silo" || IsGateway(start)) && end.Name == "redis",
        Http or Grpc => !start.Ours && IsGateway(end),
        Health => start.Name == "monitoring" && (end.Name == "silo" || IsGateway(end)),
        Otlp => (start.Name == "silo" || IsGateway(start)) && end.Name == "monitoring",
        Dns => start.Ours && end.Name == "dns",
        _ => false,
    };

    private static bool IsMember(Peer peer) => peer.Name is "silo" or "joined gateway";

    private static bool IsGateway(Peer peer) => peer.Name is "gateway" or "joined gateway";

    private static List<Peer> Peers(Overlay all)
    {
        Peer OfDeployment(string name) =>
            new(name, true, all.One("Deployment", name).Pairs("spec", "template", "metadata", "labels"), new Dictionary<string, string>());
        var gateway = OfDeployment("gateway");
        var isMember = gateway.Labels.ContainsKey("footprint-grid/cluster-member");
        var redis = all.Of("StatefulSet").FirstOrDefault(set => set.Text("metadata", "name") == "redis");
        return
        [
            OfDeployment("silo"),
            isMember ? gateway with { Name = "joined gateway" } : gateway,
            gateway with
            {
                Name = "joined gateway",
                Labels = new Dictionary<string, string>(gateway.Labels) { ["footprint-grid/cluster-member"] = "true" },
            },
            redis is null
                ? Foreign("redis", outside: IPAddress.Parse("192.0.2.10"))
                : new Peer("redis", true, redis.Pairs("spec", "template", "metadata", "labels"), new Dictionary<string, string>()),
            Pod("another pod of the namespace", ("app", "x")),
            Foreign("monitoring", ("footprint-grid/monitoring", "true")),
            Foreign("another namespace", ("kubernetes.io/metadata.name", "default")),
            Foreign("dns", ("kubernetes.io/metadata.name", "kube-system")) with { Labels = new Dictionary<string, string> { ["k8s-app"] = "kube-dns" } },
            Foreign("the internet", outside: IPAddress.Parse("198.51.100.1")),
        ];
    }

    private static Peer Named(IEnumerable<Peer> peers, string name) => peers.First(peer => peer.Name == name);

    private static Peer Pod(string name, (string Key, string Value) label) =>
        new(name, true, new Dictionary<string, string> { [label.Key] = label.Value }, new Dictionary<string, string>());

    private static Peer Foreign(string name, (string Key, string Value)? label = null, IPAddress? outside = null) => new(
        name,
        false,
        new Dictionary<string, string>(),
        label is { } given ? new Dictionary<string, string> { [given.Key] = given.Value } : new Dictionary<string, string>(),
        outside);
}
