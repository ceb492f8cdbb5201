using System.Globalization;
using Footprint.Grid.K8s.Tests.Manifests;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Redis;

/// <summary>The Redis of the dev overlay keeps what it acknowledged; production brings none.</summary>
public sealed class RedisTests
{
    [RenderedFact]
    public async Task Dev_Redis_KeepsItsDataOnAVolumeOfItsOwn()
    {
        var redis = (await Kustomize.RenderAsync("k8s/overlays/dev")).One("StatefulSet", "redis");

        var claim = Assert.Single(redis.Each("spec", "volumeClaimTemplates"));
        var mount = Assert.Single(
            redis.Each("spec", "template", "spec", "containers").Single().Each("volumeMounts"),
            mount => mount.Text("name") == claim.Text("metadata", "name"));
        Assert.Contains($"\ndir {mount.Text("mountPath")}\n", Settings);
        Assert.Equal(1, redis.Number("spec", "replicas"));
    }

    [RenderedFact]
    public async Task Dev_Redis_IsFullBeforeItsPodIs()
    {
        var redis = (await Kustomize.RenderAsync("k8s/overlays/dev")).One("StatefulSet", "redis");

        var limit = redis.Each("spec", "template", "spec", "containers").Single().Text("resources", "limits", "memory")!;
        Assert.EndsWith("Gi", limit);
        var most = Assert.Single(Settings.Split('\n'), line => line.StartsWith("maxmemory ", StringComparison.Ordinal));
        Assert.EndsWith("mb", most);

        // A rewrite of the append-only file needs memory of its own.
        Assert.True(Leading(most["maxmemory ".Length..]) <= 0.75 * 1024 * Leading(limit));
    }

    [RenderedFact]
    public async Task Prod_HasNoRedisOfItsOwn()
    {
        var all = await Kustomize.RenderAsync("k8s/overlays/prod");

        Assert.Empty(all.Of("StatefulSet"));
        Assert.DoesNotContain(all.Manifests, manifest => manifest.ToJsonString().Contains("appendonly", StringComparison.Ordinal));
    }

    [ToolFact("redis-server", "redis-cli")]
    public async Task Settings_TakenByTheRealServer_SyncBeforeAnsweringAndDropNothing()
    {
        using var folder = new TempFolder();
        using var redis = await DevRedis.AsInDevAsync(folder.Path);

        Assert.Equal("PONG", await redis.AskAsync("PING"));
        Assert.Equal("always", await redis.SettingAsync("appendfsync"));
        Assert.Equal("yes", await redis.SettingAsync("appendonly"));
        Assert.Equal("noeviction", await redis.SettingAsync("maxmemory-policy"));
        Assert.Equal("", await redis.SettingAsync("save"));
    }

    [ToolFact("redis-server", "redis-cli")]
    public async Task Settings_TakenByTheRealServer_LetNobodyInWithoutThePassword()
    {
        using var folder = new TempFolder();
        using var redis = await DevRedis.AsInDevAsync(folder.Path);

        Assert.Contains("NOAUTH", await redis.AskWithAsync("", "PING"));
        Assert.Contains("WRONGPASS", await redis.AskWithAsync("guess", "PING"));
    }

    private static string Settings => Repository.Read("k8s/redis/redis.conf");

    private static int Leading(string quantity) =>
        int.Parse(string.Concat(quantity.TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
}
