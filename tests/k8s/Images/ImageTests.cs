using System.Text.Json.Nodes;
using Footprint.Grid.K8s.Tests.Manifests;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Images;

/// <summary>What dotnet publish puts into the images is what the manifests expect of them. Nothing is built: that needs a base image.</summary>
public sealed class ImageTests
{
    [RenderedFact]
    public async Task Images_OfBoth_AreWhatTheDeploymentsRun()
    {
        var dev = await Kustomize.RenderAsync("k8s/overlays/dev");
        var prod = await Kustomize.RenderAsync("k8s/overlays/prod");
        foreach (var executable in Overlay.Executables)
        {
            var image = await EvaluateAsync(executable);
            var repository = image.Text("Properties", "ContainerRepository");
            Assert.Equal($"{repository}:dev", dev.Container(executable).Text("image"));
            Assert.EndsWith($"/{repository}:{image.Text("Properties", "Version")}", prod.Container(executable).Text("image"));
            Assert.Equal(image.Text("Properties", "Version"), image.Text("Properties", "ContainerImageTag"));
        }
    }

    [RenderedFact]
    public async Task Images_OfBoth_RunAsTheUserOfThePod()
    {
        var all = await Kustomize.RenderAsync("k8s/overlays/prod");
        foreach (var executable in Overlay.Executables)
        {
            var image = await EvaluateAsync(executable);
            Assert.Equal(all.Pod(executable).Text("securityContext", "runAsUser"), image.Text("Properties", "ContainerUser"));
        }
    }

    [RenderedFact]
    public async Task Images_OfBoth_OpenThePortsOfThePod()
    {
        var all = await Kustomize.RenderAsync("k8s/overlays/prod");
        foreach (var executable in Overlay.Executables)
        {
            var image = await EvaluateAsync(executable);
            var open = image.Each("Items", "ContainerPort").Select(port => long.Parse(port.Text("Identity")!)).ToList();
            Assert.All(all.Container(executable).Each("ports"), port => Assert.Contains(port.Number("containerPort")!.Value, open));
        }
    }

    [Fact]
    public async Task BaseImage_OfBoth_HasNoShellButTimeZonesAndCanBeReplaced()
    {
        foreach (var executable in Overlay.Executables)
        {
            // Schedules are told in time zones, which only the "extra" images hold.
            Assert.EndsWith("-chiseled-extra", (await EvaluateAsync(executable)).Text("Properties", "ContainerFamily"));
            var other = await EvaluateAsync(executable, "-p:ContainerBaseImage=registry.example.com/base:1");
            Assert.Equal("registry.example.com/base:1", other.Text("Properties", "ContainerBaseImage"));
        }
    }

    private static async Task<JsonNode> EvaluateAsync(string executable, params string[] more)
    {
        var project = Directory.GetFiles(Repository.Path(executable), "*.csproj").Single();
        var evaluated = await Tool.RunAsync("dotnet",
        [
            "msbuild", project, "-getProperty:ContainerRepository,ContainerImageTag,ContainerUser,ContainerFamily,ContainerBaseImage,Version",
            "-getItem:ContainerPort", .. more,
        ]);
        return JsonNode.Parse(evaluated.Succeeded())!;
    }
}
