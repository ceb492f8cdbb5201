using System.Text.RegularExpressions;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.Tests;

public sealed partial class PageLanguageTests
{
    private static readonly string[] _names = [.. PageLanguage.All[0].Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Codes => [.. PageLanguage.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Texts_OfEachLanguage_AreAllThere(string code)
    {
        var language = PageLanguage.Find(code)!;

        Assert.Equal(_names, language.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(_names, key => string.IsNullOrWhiteSpace(language[key]));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Texts_OfEachLanguage_HaveTheSamePlaces(string code)
    {
        var language = PageLanguage.Find(code)!;

        foreach (var key in _names)
        {
            Assert.Equal(Places(PageLanguage.All[0][key]), Places(language[key]));
        }
    }

    [Fact]
    public void Texts_OfTranslations_AreNotTheEnglishOnes()
    {
        foreach (var language in PageLanguage.All.Skip(1))
        {
            var same = _names.Where(key => language[key] == PageLanguage.All[0][key]).Where(key => Words().IsMatch(language[key]));

            Assert.Empty(same);
        }
    }

    [Fact]
    public void Texts_OfEveryTrustProvenanceAndChannel_AreThere()
    {
        Assert.All(Enum.GetNames<Interest.Types.Trust>(), name => Assert.True(PageLanguage.All[0].Has("state." + name), name));
        Assert.All(Enum.GetNames<FootprintEvent.Types.Channel>(), name => Assert.True(PageLanguage.All[0].Has("channel." + name), name));
        Assert.All(Enum.GetNames<Interest.Types.Trust>(), name => Assert.True(PageLanguage.All[0].Has("trust." + name), name));
        Assert.All(Enum.GetNames<Trait.Types.Provenance>(), name => Assert.True(PageLanguage.All[0].Has("provenance." + name), name));
    }

    [Fact]
    public void Texts_OfEveryKindOfReason_AreThereForAndAgainst()
    {
        foreach (var kind in Enum.GetValues<Reason.Types.Kind>().Except([Reason.Types.Kind.Unspecified]))
        {
            foreach (var language in PageLanguage.All)
            {
                var more = ReasonTexts.Of(language, new Reason { Kind = kind, Key = "golf", Contribution = 1 });
                var less = ReasonTexts.Of(language, new Reason { Kind = kind, Key = "golf", Contribution = -1 });

                Assert.True(more.Length > 0 && less.Length > 0 && more != less, $"{kind} in {language.Code}");
                Assert.Equal(kind is Reason.Types.Kind.Interest or Reason.Types.Kind.Context or Reason.Types.Kind.Segment, more.Contains("golf", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Of_AKindFromTheFuture_IsEmpty() => Assert.Equal("", ReasonTexts.Of(PageLanguage.All[0], new Reason { Kind = (Reason.Types.Kind)999 }));

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de, fr;q=0.5", "en")]
    [InlineData("es-MX,en;q=0.8", "es")]
    [InlineData("de;q=0.9, vi;q=0.4, es;q=0.7", "es")]
    [InlineData("en;q=0, vi", "vi")]
    [InlineData("es;q=nonsense, vi;q=0.1", "vi")]
    public void Best_AcceptLanguage_IsTheMostWantedThatThereIs(string? header, string expected) =>
        Assert.Equal(expected, PageLanguage.Best(header).Code);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    // A text of one word, or of places alone, may be the same in two languages.
    [GeneratedRegex(@"[a-z]{3,} [a-z]{2,}")]
    private static partial Regex Words();
}
