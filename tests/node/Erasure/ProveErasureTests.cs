using Footprint.Grid.Api.Erasure;
using Footprint.Grid.Node.Commands;

namespace Footprint.Grid.Node.Tests.Erasure;

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

    [Fact]
    public async Task ProveErasure_Sqlite_FindsEveryCanaryBeforeAndNoneAfter()
    {
        Assert.Equal(0, await RunAsync());

        AssertProven();
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task ProveErasure_Redis_FindsEveryCanaryBeforeAndNoneAfter()
    {
        await using var redis = await RedisProcess.StartAsync(_folder.Path);

        Assert.Equal(0, await RunAsync("--redis", redis.Address, "--redis-folder", _folder.Path));

        AssertProven();
    }

    [Fact]
    public async Task Canaries_LeftInOneFile_AreFound()
    {
        var canaries = new Canaries();
        var id = canaries.ClientId;
        await File.WriteAllTextAsync(_folder.File("copy"), $"before {id} after");

        Assert.Equal(["client id"], canaries.FindIn(await new RawFolder(_folder.Path).ReadAsync(CancellationToken.None)));
        Assert.Empty(canaries.FindIn([]));
    }

    [Fact]
    public async Task ProveErasure_RedisWithoutItsFolder_IsRefused()
    {
        Assert.Equal(2, await RunAsync("--redis", "127.0.0.1:1"));

        Assert.Contains("--redis-folder", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => NodeProgram.RunAsync(
        ["prove-erasure", .. args], new Dictionary<string, string>(), TextReader.Null, _output, _errors).Within("the proof ends");

    private void AssertProven()
    {
        Assert.Contains("24 of 24 canaries are in the raw bytes before the erasure.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0 are after it.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("tombstone", _output.ToString(), StringComparison.Ordinal);
    }
}
