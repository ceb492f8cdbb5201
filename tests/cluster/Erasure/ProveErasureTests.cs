using Footprint.Grid.Silo.Hosting;

namespace Footprint.Grid.Cluster.Tests.Erasure;

public sealed class ProveErasureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task ProveErasure_OnARedis_FindsEveryCanaryBeforeAndNoneAfter()
    {
        await using var redis = await RedisProcess.StartAsync(_folder.Path);

        var code = await RunAsync("--redis", redis.Address, "--redis-folder", _folder.Path);

        Assert.True(code == 0, _output.ToString() + _errors);
        Assert.Contains("24 of 24 canaries are in the raw bytes before the erasure.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0 are after it.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("directory of who is in memory", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProveErasure_WithoutARedis_IsRefused()
    {
        Assert.Equal(2, await RunAsync());

        Assert.Contains("--redis", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => SiloProgram.RunAsync(
        ["prove-erasure", .. args], new Dictionary<string, string>(), TextReader.Null, _output, _errors).Within("the proof ends", 120);
}
