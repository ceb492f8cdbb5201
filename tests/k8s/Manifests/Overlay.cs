using System.Text.Json.Nodes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>All that one overlay applies.</summary>
internal sealed class Overlay(IReadOnlyList<JsonObject> manifests)
{
    public static readonly IReadOnlyList<string> Executables = ["silo", "gateway"];

    public IReadOnlyList<JsonObject> Manifests => manifests;

    /// <summary>Everything that makes pods.</summary>
    public IEnumerable<JsonObject> Workloads => manifests.Where(manifest => manifest.At("spec", "template", "spec", "containers") is not null);

    public IEnumerable<JsonObject> Of(string kind) => manifests.Where(manifest => manifest.Text("kind") == kind);

    public JsonObject One(string kind, string name) => Assert.Single(Of(kind), manifest => manifest.Text("metadata", "name") == name);

    public JsonNode Pod(string executable) => One("Deployment", executable).At("spec", "template", "spec")!;

    public JsonNode Container(string executable) => Assert.Single(Pod(executable).Each("containers"));

    /// <summary>What a container's environment says, by variable; for a secret or a field, where it comes from.</summary>
    public IReadOnlyDictionary<string, string> Environment(string executable)
    {
        var variables = new Dictionary<string, string>();
        var container = Container(executable);
        foreach (var name in container.Each("envFrom").Select(from => from.Text("configMapRef", "name")).OfType<string>())
        {
            foreach (var (variable, value) in One("ConfigMap", name).Pairs("data"))
            {
                variables.Add(variable, value);
            }
        }

        foreach (var variable in container.Each("env"))
        {
            variables.Add(variable.Text("name")!, variable.Text("value") ?? variable.At("valueFrom")!.ToJsonString());
        }

        return variables;
    }

    /// <summary>Each reference to a Secret, by container variable, variables or volume: the Secret's name and the key, if one is named.</summary>
    public IEnumerable<(string Name, string? Key)> SecretReferences()
    {
        foreach (var pod in Workloads.Select(workload => workload.At("spec", "template", "spec")))
        {
            foreach (var container in pod.Each("containers"))
            {
                foreach (var key in container.Each("env").Select(variable => variable.At("valueFrom", "secretKeyRef")).OfType<JsonObject>())
                {
                    yield return (key.Text("name")!, key.Text("key"));
                }

                foreach (var name in container.Each("envFrom").Select(from => from.Text("secretRef", "name")).OfType<string>())
                {
                    yield return (name, null);
                }
            }

            foreach (var secret in pod.Each("volumes").Select(volume => volume.At("secret")).OfType<JsonObject>())
            {
                foreach (var item in secret.Each("items"))
                {
                    yield return (secret.Text("secretName")!, item.Text("key"));
                }
            }
        }
    }
}
