using System.Text.RegularExpressions;

namespace Footprint.Grid.Architecture.Tests;

/// <summary>No number about clients leaves but through the gate of the minimum audience.</summary>
public sealed partial class AudienceTests
{
    [Fact]
    public void Sources_OutsideTheGate_MakeNoPublishedNumber()
    {
        var faults = Repository.Sources
            .Where(source => !source.Contains("core/Audience/", StringComparison.Ordinal) && !source.Contains("tests/", StringComparison.Ordinal))
            .Where(source => MadeNumber().IsMatch(Repository.Read(source)));

        Assert.Empty(faults);
    }

    [GeneratedRegex(@"new\s+([\w.]+\.)?Audience(Count|Share)\b")]
    private static partial Regex MadeNumber();
}
