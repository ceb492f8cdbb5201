using System.Text.Json.Nodes;
using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Pods;

/// <summary>No pod may do more than it needs: Kubernetes' restricted profile, and a little more.</summary>
public sealed class RestrictedTests
{
    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_OfAllWorkloads_RunAsNobodyAndConfined(string overlay)
    {
        foreach (var pod in await PodsAsync(overlay))
        {
            Assert.True(pod.Flag("securityContext", "runAsNonRoot"));
            Assert.True(pod.Number("securityContext", "runAsUser") > 0);
            Assert.True(pod.Number("securityContext", "runAsGroup") > 0);
            Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
            Assert.All(["hostNetwork", "hostPID", "hostIPC"], shared => Assert.Null(pod.At(shared)));
            Assert.All(pod.Each("volumes"), volume => Assert.Null(volume.At("hostPath")));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_OfAllWorkloads_CarryNoTokenAndNoServiceVariables(string overlay)
    {
        foreach (var pod in await PodsAsync(overlay))
        {
            Assert.False(pod.Flag("automountServiceAccountToken"));

            // A Service named like a setting would otherwise set a variable of ours.
            Assert.False(pod.Flag("enableServiceLinks"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Containers_OfAllWorkloads_WriteNothingAndGainNothing(string overlay)
    {
        foreach (var container in (await PodsAsync(overlay)).SelectMany(pod => pod.Each("containers").Concat(pod.Each("initContainers"))))
        {
            var security = container.At("securityContext");
            Assert.True(security.Flag("readOnlyRootFilesystem"));
            Assert.False(security.Flag("allowPrivilegeEscalation"));
            Assert.Null(security.At("privileged"));
            Assert.Equal("ALL", Assert.Single(security.Each("capabilities", "drop")).ToString());
            Assert.Empty(security.Each("capabilities", "add"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Containers_OfAllWorkloads_AskForCpuAndAreBoundedInMemoryOnly(string overlay)
    {
        foreach (var resources in (await PodsAsync(overlay)).SelectMany(pod => pod.Each("containers")).Select(container => container.At("resources")))
        {
            Assert.NotNull(resources.At("requests", "cpu"));
            Assert.NotNull(resources.At("limits", "memory"));
            Assert.Equal(resources.Text("limits", "memory"), resources.Text("requests", "memory"));
            Assert.Null(resources.At("limits", "cpu"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Namespace_OfAnOverlay_EnforcesTheRestrictedProfileForAllInIt(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);

        var space = Assert.Single(all.Of("Namespace"));
        Assert.Equal("restricted", space.Text("metadata", "labels", "pod-security.kubernetes.io/enforce"));
        Assert.All(
            all.Manifests.Where(manifest => manifest != space),
            manifest => Assert.Equal(space.Text("metadata", "name"), manifest.Text("metadata", "namespace")));
    }

    private static async Task<IReadOnlyList<JsonNode>> PodsAsync(string overlay)
    {
        IReadOnlyList<JsonNode> pods = [.. (await Kustomize.RenderAsync(overlay)).Workloads.Select(workload => workload.At("spec", "template", "spec")!)];
        Assert.True(pods.Count >= Overlay.Executables.Count);
        return pods;
    }
}
