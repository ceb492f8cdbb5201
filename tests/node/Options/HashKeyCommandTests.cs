using Footprint.Grid.Api.Auth;
using Footprint.Grid.Node.Commands;

namespace Footprint.Grid.Node.Tests.Options;

public sealed class HashKeyCommandTests
{
    [Fact]
    public async Task HashKey_OfALineOnStandardInput_PrintsTheHashAlone()
    {
        var (exit, output, _) = await RunAsync("my-key\n", "hash-key");

        Assert.Equal(0, exit);
        Assert.Equal(ApiKey.Hash("my-key"), output.Trim());
    }

    [Fact]
    public async Task HashKey_Generate_PrintsAKeyAndItsHash()
    {
        var (exit, output, _) = await RunAsync("", "hash-key", "--generate");

        Assert.Equal(0, exit);
        var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ApiKey.Hash(words[1]), words[3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words\n")]
    public async Task HashKey_OfWhatIsNoKey_IsRefused(string input)
    {
        var (exit, output, errors) = await RunAsync(input, "hash-key");

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("visible ASCII", errors);
    }

    [Fact]
    public async Task Node_WrongOptionsAndUnknownOnes_AreToldTogetherWithExitCode2()
    {
        var (exit, _, errors) = await RunAsync("", "--http", "nowhere", "--nonsense", "--store", "paper");

        Assert.Equal(2, exit);
        Assert.Contains("--http", errors);
        Assert.Contains("--nonsense", errors);
        Assert.Contains("--store", errors);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] args)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var exit = await NodeProgram.RunAsync(args, new Dictionary<string, string>(), new StringReader(input), output, errors)
            .WaitAsync(TimeSpan.FromSeconds(30));
        return (exit, output.ToString(), errors.ToString());
    }
}
