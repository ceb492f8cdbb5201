using System.Text.Json;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Tests.Conditions;

namespace Footprint.Grid.Core.Tests.Hashing;

public sealed class GrowthBookHashTests
{
    [GrowthBookFact]
    public void HashCases_AllPass() => All("hash", 15, one =>
        StableHash.Of(one[0].GetString()!, one[1].GetString()!, one[2].GetInt32()) == (one[3].ValueKind == JsonValueKind.Null ? null : one[3].GetDouble()));

    [GrowthBookFact]
    public void BucketRangeCases_AllPass() => All("getBucketRange", 13, one =>
    {
        JsonElement[] given = [.. one[1].EnumerateArray()];
        double[]? weights = given[2].ValueKind == JsonValueKind.Null ? null : [.. given[2].EnumerateArray().Select(w => w.GetDouble())];
        return Buckets.Ranges(given[0].GetInt32(), given[1].GetDouble(), weights)
            .Select(r => (Math.Round(r.Start, 6), Math.Round(r.End, 6))).SequenceEqual(Ranges(one[2]));
    });

    [GrowthBookFact]
    public void ChooseVariationCases_AllPass() => All("chooseVariation", 13, one =>
        Buckets.Choose(one[1].GetDouble(), Ranges(one[2])) == one[3].GetInt32());

    [GrowthBookFact]
    public void NamespaceCases_AllPass() => All("inNamespace", 16, one =>
        Buckets.InNamespace(one[1].GetString()!, one[2][0].GetString()!, one[2][1].GetDouble(), one[2][2].GetDouble()) == one[3].GetBoolean());

    [GrowthBookFact]
    public void EqualWeightsCases_AllPass() => All("getEqualWeights", 6, one =>
        Buckets.EqualWeights(one[0].GetInt32()).Select(w => Math.Round(w, 8)).SequenceEqual(one[1].EnumerateArray().Select(w => w.GetDouble())));

    [Fact]
    public void IsIn_ManyClients_IsTheShareAndStaysSo()
    {
        string[] clients = [.. Enumerable.Range(0, 20_000).Select(i => $"client-{i}")];

        string[] small = [.. clients.Where(c => StableHash.IsIn(0.1, "home", c))];
        string[] large = [.. clients.Where(c => StableHash.IsIn(0.3, "home", c))];

        Assert.InRange(small.Length, 1_850, 2_150);
        Assert.Empty(small.Except(large));
        Assert.InRange(clients.Count(c => StableHash.IsIn(0.1, "home", c) && StableHash.IsIn(0.1, "cart", c)), 130, 270);
        Assert.False(StableHash.IsIn(0, "home", "c"));
        Assert.False(StableHash.IsIn(1, "home", ""));
        Assert.All(clients, c => Assert.True(StableHash.IsIn(1, "home", c)));
    }

    private static (double Start, double End)[] Ranges(JsonElement ranges) =>
        [.. ranges.EnumerateArray().Select(r => (r[0].GetDouble(), r[1].GetDouble()))];

    private static void All(string name, int least, Func<JsonElement[], bool> passes)
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllBytes(GrowthBookFactAttribute.CasesPath!));
        JsonElement cases = suite.RootElement.GetProperty(name);
        Assert.True(cases.GetArrayLength() >= least, $"The suite has only {cases.GetArrayLength()} cases of {name}.");
        Assert.Empty(cases.EnumerateArray().Where(one => !passes([.. one.EnumerateArray()])).Select(one => one.GetRawText()));
    }
}
