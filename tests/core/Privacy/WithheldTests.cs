using Footprint.Grid.Core.Consent;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>A fact that is withheld has no influence on an answer or on what is learned.</summary>
public sealed class WithheldTests
{
    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Answers_ClientsThatDifferInWithheldFactsAlone_SameToTheByte() => Prop.ForAll(Seeds, seed =>
    {
        var twins = new Twins(seed);
        string[] differ = Differing(twins);

        return (differ.Length == 0).Label($"withheld: {twins.Withheld}, from one recipient: {twins.IsForRecipient}; differ: {string.Join(' ', differ)}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    /// <summary>
    /// The mutant check: with a gate that lets one category through, the property above fails, for every kind of answer
    /// that reads facts of that category.
    /// </summary>
    [Theory]
    [InlineData("Behaviour", "probe content capped filtered ads profile export learning")]
    [InlineData("Purchases", "probe content filtered ads profile export learning")]
    [InlineData("Declared", "probe content filtered ads profile export learning")]
    [InlineData("Inferred", "probe content filtered ads profile export")]
    [InlineData("Location", "ads profile export")]
    [InlineData("Demographics", "ads profile export")]
    [InlineData("Contact", "ads profile export")]
    public void Answers_OneCategorySlipsThroughTheGate_EveryAnswerThatReadsItShowsIt(string category, string answers)
    {
        DataCategories leak = Enum.Parse<DataCategories>(category);
        var unseen = answers.Split(' ').ToHashSet();
        for (int seed = 0; seed < 1000 && unseen.Count > 0; seed++)
        {
            unseen.ExceptWith(Differing(new Twins(seed, leak)));
        }

        Assert.Empty(unseen);
    }

    /// <summary>What is withheld could be told by these, too.</summary>
    [Fact]
    public void Answers_OfTwins_SayCalibratedChancesAndWhatWasLearnedOfContentAndAds()
    {
        var twins = new Twins(1);
        var content = new PickContentResponse();
        var ads = new TargetAdsResponse();

        twins.Left.PickContent(twins.Turn(), new PickContentRequest { ClientId = "twin", Placement = "home", Count = 20 }, content);
        twins.Left.TargetAds(twins.Turn(), new TargetAdsRequest { ClientId = "twin", Placement = "top", Count = 40, Explain = true }, ads);

        Assert.Contains(content.Picks, pick => pick.Calibrated);
        Assert.Contains(content.Picks, pick => pick.Reasons.Any(r => r.Kind == Reason.Types.Kind.Learned));
        Assert.Contains(ads.Picks, pick => pick.Reasons.Any(r => r.Kind == Reason.Types.Kind.Learned));
    }

    /// <summary>What the first of these twins that are told apart are told apart by; empty when none are.</summary>
    internal static string FirstDifference(int fromSeed, int count) => Enumerable.Range(fromSeed, count)
        .Select(seed => string.Join(' ', Differing(new Twins(seed)))).FirstOrDefault(differ => differ.Length > 0, "");

    private static string[] Differing(Twins twins)
    {
        Dictionary<string, string> left = twins.Answers(twins.Left);
        Dictionary<string, string> right = twins.Answers(twins.Right);
        return [.. left.Keys.Where(answer => left[answer] != right[answer])];
    }
}
