using System.Net;

namespace Footprint.Grid.K8s.Tests.Network;

/// <summary>One end of a connection: a pod by its labels and its namespace's, or an address outside the cluster.</summary>
/// <param name="Ours">In the overlay's namespace, where its policies hold.</param>
/// <param name="Outside">The address of what is no pod.</param>
internal sealed record Peer(
    string Name, bool Ours, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> NamespaceLabels, IPAddress? Outside = null)
{
    public override string ToString() => Name;
}
