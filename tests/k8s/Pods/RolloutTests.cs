using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Pods;

/// <summary>What goes and what comes when pods are replaced, moved, added or taken away.</summary>
public sealed class RolloutTests
{
    private const int Slack = 10;

    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Deployments_Updated_NeverHaveFewerPods(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var executable in Overlay.Executables)
        {
            var update = all.One("Deployment", executable).At("spec", "strategy", "rollingUpdate");
            Assert.Equal(0, update.Number("maxUnavailable"));
            Assert.Equal(1, update.Number("maxSurge"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_AskedToStop_HaveLongerThanTheHostTakes(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var executable in Overlay.Executables)
        {
            var waits = all.Container(executable).Number("lifecycle", "preStop", "sleep", "seconds") ?? 0;
            var stops = int.Parse(all.Environment(executable)["FOOTPRINT_SHUTDOWN_SECONDS"]);
            Assert.True(all.Pod(executable).Number("terminationGracePeriodSeconds") >= waits + stops + Slack, executable);
        }

        // Calls still come to a gateway until every proxy has heard of its end.
        Assert.True(all.Container("gateway").Number("lifecycle", "preStop", "sleep", "seconds") >= 5);
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Disruptions_OfOnePodAtATime_AreAllowed(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var executable in Overlay.Executables)
        {
            var budget = all.One("PodDisruptionBudget", executable).At("spec");
            Assert.Equal(1, budget.Number("maxUnavailable"));
            Assert.Equal("AlwaysAllow", budget.Text("unhealthyPodEvictionPolicy"));
            Assert.Equal(
                all.One("Deployment", executable).Pairs("spec", "selector", "matchLabels"),
                budget.Pairs("selector", "matchLabels"));
        }
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Autoscalers_OfBoth_GrowFastAndShrinkOnePodAtATime(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);
        foreach (var executable in Overlay.Executables)
        {
            // A number of replicas in the Deployment would undo the autoscaler's with every apply.
            Assert.Null(all.One("Deployment", executable).At("spec", "replicas"));

            var scaler = all.One("HorizontalPodAutoscaler", executable);
            Assert.Equal("autoscaling/v2", scaler.Text("apiVersion"));
            Assert.Equal(("Deployment", executable), (scaler.Text("spec", "scaleTargetRef", "kind"), scaler.Text("spec", "scaleTargetRef", "name")));
            Assert.True(scaler.Number("spec", "minReplicas") < scaler.Number("spec", "maxReplicas"));

            var shrink = scaler.At("spec", "behavior", "scaleDown");
            Assert.True(shrink.Number("stabilizationWindowSeconds") >= 600);
            var pace = Assert.Single(shrink.Each("policies"));
            Assert.Equal(("Pods", 1L), (pace.Text("type"), pace.Number("value")));
            Assert.True(pace.Number("periodSeconds") > all.Pod(executable).Number("terminationGracePeriodSeconds"));

            var grow = scaler.At("spec", "behavior", "scaleUp");
            Assert.True(grow.Number("stabilizationWindowSeconds") <= 60);
        }
    }

    [RenderedFact]
    public async Task Production_OfBoth_SurvivesTheLossOfAPodAndOfAMachine()
    {
        var all = await Kustomize.RenderAsync("k8s/overlays/prod");
        Assert.True(all.One("HorizontalPodAutoscaler", "silo").Number("spec", "minReplicas") >= 3);
        Assert.True(all.One("HorizontalPodAutoscaler", "gateway").Number("spec", "minReplicas") >= 2);
        foreach (var executable in Overlay.Executables)
        {
            var spread = all.Pod(executable).Each("topologySpreadConstraints").ToDictionary(constraint => constraint.Text("topologyKey")!);
            Assert.Equal("DoNotSchedule", spread["kubernetes.io/hostname"].Text("whenUnsatisfiable"));
            Assert.Equal("ScheduleAnyway", spread["topology.kubernetes.io/zone"].Text("whenUnsatisfiable"));
            Assert.All(spread.Values, constraint => Assert.Equal(
                all.One("Deployment", executable).Pairs("spec", "selector", "matchLabels"), constraint.Pairs("labelSelector", "matchLabels")));
        }
    }
}
