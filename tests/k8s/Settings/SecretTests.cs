using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Footprint.Grid.K8s.Tests.Manifests;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Settings;

/// <summary>The repository names Secrets and holds none; the dev overlay's are made by a command of its user.</summary>
public sealed class SecretTests
{
    private const string Script = "k8s/dev-secrets.sh";

    public static TheoryData<string> Overlays => Kustomize.Overlays;

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Manifests_Rendered_HoldNoSecret(string overlay)
    {
        var all = await Kustomize.RenderAsync(overlay);

        Assert.Empty(all.Of("Secret"));
        Assert.NotEmpty(all.SecretReferences());
    }

    [RenderedTheory]
    [MemberData(nameof(Overlays))]
    public async Task References_OfAnOverlay_AreWhatTheScriptMakesAndTheDocumentTells(string overlay)
    {
        var (secrets, _) = await MakeAsync();
        var operations = Repository.Read("docs/operations.md");
        foreach (var (name, key) in (await Kustomize.RenderAsync(overlay)).SecretReferences())
        {
            var secret = Assert.Single(secrets, secret => secret.Text("metadata", "name") == name);
            Assert.True(key is null || secret.At("stringData", key) is not null, $"{name} has no {key}");
            Assert.Contains($"`{name}`", operations);
        }
    }

    [ToolFact("bash")]
    public async Task Script_Run_MakesNewSecretsEachTime()
    {
        var (first, firstKey) = await MakeAsync();
        var (second, secondKey) = await MakeAsync();

        Assert.NotEqual(firstKey, secondKey);
        Assert.NotEqual(first[0].Text("stringData", "password"), second[0].Text("stringData", "password"));
        Assert.True(firstKey.Length >= 40);
    }

    [ToolFact("bash")]
    public async Task Script_Run_KeepsOfTheKeyOnlyItsHash()
    {
        var (secrets, key) = await MakeAsync();

        var keys = Assert.Single(secrets, secret => secret.Text("metadata", "name") == "footprint-grid-keys");
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key))), keys.Text("stringData", "FOOTPRINT_KEYS__0__HASH"));
        Assert.All(secrets, secret => Assert.DoesNotContain(key, secret.ToJsonString()));
    }

    internal static async Task<(IReadOnlyList<JsonObject> Secrets, string Key)> MakeAsync()
    {
        var made = await Tool.RunAsync("bash", [Script]);
        var secrets = Yaml.Read(made.Succeeded());
        Assert.All(secrets, secret => Assert.Equal("Secret", secret.Text("kind")));
        return (secrets, made.Errors.Trim().Split(' ')[^1]);
    }
}
