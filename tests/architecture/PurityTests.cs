using System.Text.RegularExpressions;

namespace Footprint.Grid.Architecture.Tests;

/// <summary>The domain takes time and randomness as arguments and does no I/O and starts no threads.</summary>
public sealed partial class PurityTests
{
    [Fact]
    public void Core_HasNoClockRandomnessThreadsOrIo()
    {
        var faults = Repository.Sources.Where(source => Repository.Part(source) == "core").SelectMany(Impurities);

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("var now = DateTime.Now;")]
    [InlineData("var now = Environment.TickCount64;")]
    [InlineData("var start = Stopwatch.GetTimestamp();")]
    [InlineData("var r = Random.Shared.Next();")]
    [InlineData("var r = new Random();")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("_ = Task.Run(Work);")]
    [InlineData("new Thread(Work).Start();")]
    [InlineData("File.WriteAllText(path, text);")]
    [InlineData("Console.WriteLine(text);")]
    [InlineData("Thread.Sleep(1);")]
    public void Impurity_InALineOfCode_IsSeen(string line) => Assert.Matches(Impure(), line);

    [Theory]
    [InlineData("var random = new Random(seed);")]
    [InlineData("var now = turn.NowMs;")]
    [InlineData("var profile = Profile(key);")]
    public void Purity_InALineOfCode_IsLeftAlone(string line) => Assert.DoesNotMatch(Impure(), line);

    private static IEnumerable<string> Impurities(string source)
    {
        var number = 0;
        foreach (var line in Repository.Read(source).Split('\n'))
        {
            number++;
            if (!line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Impure().Match(line) is { Success: true } found)
            {
                yield return $"{source}:{number}: {found.Value}";
            }
        }
    }

    [GeneratedRegex(
        @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bStopwatch\b|\bEnvironment\.|\bTimeProvider\.System\b" +
        @"|\bRandom\.Shared\b|\bnew Random\(\)|\bGuid\.(NewGuid|CreateVersion7)\b|\bRandomNumberGenerator\b" +
        @"|\bTask\.(Run|Delay|Factory)\b|\bThreadPool\b|\bThread\b|\bnew Timer\b|\bParallel\." +
        @"|\bFile\.|\bDirectory\.|\bFileStream\b|\bSystem\.IO\b|\bSocket\b|\bHttpClient\b|\bConsole\.|\bProcess\.")]
    private static partial Regex Impure();
}
