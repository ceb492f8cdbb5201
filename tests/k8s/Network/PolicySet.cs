using System.Net;
using System.Text.Json.Nodes;
using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Network;

/// <summary>
/// Answers what the NetworkPolicies of one namespace let through, as Kubernetes' documentation defines it: a pod that no policy
/// selects is open, one that is selected takes what any of its policies allows, and both ends must agree.
/// </summary>
internal sealed class PolicySet(IEnumerable<JsonObject> policies)
{
    private readonly List<JsonNode> _specs = [.. policies.Select(policy => policy.At("spec")!)];

    public bool Allows(Peer from, Peer to, int port, string protocol = "TCP") =>
        Allows("Egress", "egress", "to", from, to, port, protocol) && Accepts(to, from, port, protocol);

    /// <summary>What a pod's own side says, whoever may or may not get so far.</summary>
    public bool Accepts(Peer pod, Peer from, int port, string protocol = "TCP") => Allows("Ingress", "ingress", "from", pod, from, port, protocol);

    private bool Allows(string type, string rules, string side, Peer pod, Peer other, int port, string protocol)
    {
        if (!pod.Ours)
        {
            return true;
        }

        var own = _specs.Where(spec => Selects(spec.At("podSelector"), pod.Labels) && spec.Each("policyTypes").Any(kind => kind.ToString() == type))
            .ToList();
        return own.Count == 0 || own.SelectMany(spec => spec.Each(rules)).Any(rule => Ports(rule, port, protocol) && Peers(rule, side, other));
    }

    private static bool Ports(JsonNode rule, int port, string protocol) =>
        rule.At("ports") is null || rule.Each("ports").Any(open => open.Number("port") == port && open.Text("protocol") == protocol);

    private static bool Peers(JsonNode rule, string side, Peer other) => rule.At(side) is null || rule.Each(side).Any(peer => Matches(peer, other));

    private static bool Matches(JsonNode peer, Peer other)
    {
        if (peer.Text("ipBlock", "cidr") is { } block)
        {
            return other.Outside is not null && IPNetwork.Parse(block).Contains(other.Outside);
        }

        // Without a namespaceSelector a podSelector means pods of the policy's own namespace.
        return other.Outside is null
            && (peer.At("namespaceSelector") is { } spaces ? Selects(spaces, other.NamespaceLabels) : other.Ours)
            && (peer.At("podSelector") is not { } pods || Selects(pods, other.Labels));
    }

    private static bool Selects(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Pairs("matchLabels").All(label => labels.Contains(label))
        && selector.Each("matchExpressions").All(expression => expression.Text("operator") switch
        {
            "In" => labels.TryGetValue(expression.Text("key")!, out var value) && expression.Each("values").Any(one => one.ToString() == value),
            var other => throw new NotSupportedException($"operator {other}"),
        });
}
