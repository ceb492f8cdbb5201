using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Pods;

/// <summary>Who is asked what: a pod is killed for itself alone, and gets calls only while it can do its work.</summary>
public sealed class ProbeTests
{
    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Probes_OfBoth_AskTheEndpointThatIsMeantForThem(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var executable in Overlay.Executables)
        {
            var container = all.Container(executable);
            Assert.Equal("/health/startup", container.Text("startupProbe", "httpGet", "path"));
            Assert.Equal("/health/live", container.Text("livenessProbe", "httpGet", "path"));
            Assert.Equal("/health/ready", container.Text("readinessProbe", "httpGet", "path"));
            foreach (var probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
            {
                var port = Assert.Single(container.Each("ports"), port => port.Text("name") == container.Text(probe, "httpGet", "port"));
                Assert.Equal(8090, port.Number("containerPort"));
            }
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Probes_OfBoth_GiveAStartTimeAndLifeMoreTriesThanReadiness(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var container in Overlay.Executables.Select(all.Container))
        {
            Assert.True(container.Number("startupProbe", "periodSeconds") * container.Number("startupProbe", "failureThreshold") >= 120);
            Assert.True(
                container.Number("readinessProbe", "periodSeconds") * container.Number("readinessProbe", "failureThreshold")
                < container.Number("livenessProbe", "periodSeconds") * container.Number("livenessProbe", "failureThreshold"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Services_OfAllPods_PointAtPortsThatArePublished(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var service in all.Of("Service"))
        {
            var selector = service.Pairs("spec", "selector");
            var workload = Assert.Single(
                all.Workloads, workload => selector.All(label => workload.Pairs("spec", "template", "metadata", "labels").Contains(label)));
            var published = workload.Each("spec", "template", "spec", "containers").SelectMany(container => container.Each("ports"))
                .ToDictionary(port => port.Text("name")!, port => port.Number("containerPort"));
            Assert.All(service.Each("spec", "ports"), port => Assert.Equal(port.Number("port"), published[port.Text("targetPort")!]));
        }

        Assert.All(["silo", "gateway-pods"], name => Assert.Equal("None", all.One("Service", name).Text("spec", "clusterIP")));
        Assert.Equal("ClusterIP", all.One("Service", "gateway").Text("spec", "type"));
        Assert.Equal([8080L, 8081L], all.One("Service", "gateway").Each("spec", "ports").Select(port => port.Number("port")!.Value));
    }
}
