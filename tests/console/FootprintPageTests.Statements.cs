using System.Text.RegularExpressions;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.Tests;

public sealed partial class FootprintPageTests
{
    [Theory]
    [InlineData("en", "Something else about this holds. This is used where that may not be.", "None of this is right", "A guess.")]
    [InlineData("es", "Vale otro dato sobre esto. Este se usa donde aquel no se puede usar.", "Nada de esto es correcto", "Una suposición.")]
    [InlineData("vi", "Một thông tin khác về điều này đang có hiệu lực. Thông tin này được dùng ở nơi không được dùng thông tin kia.", "Không điều nào trong số này đúng", "Phỏng đoán.")]
    public void Render_SeveralStatementsOfATrait_HaveACardEachWithProvenanceAndAnswersToTheirValue(string language, string behind, string none, string guess)
    {
        var profile = new Profile
        {
            Traits = { new Trait { Name = "city", Value = "Hue", Category = "location", Trust = Trust.Declared, Provenance = Trait.Types.Provenance.Declared, Source = "form" } },
            OtherStatements =
            {
                new Trait { Name = "city", Value = "Bilbao", Category = "contact", Trust = Trust.Inferred, Provenance = Trait.Types.Provenance.Imported, Source = "crm", Time = _time },
                new Trait { Name = "city", Value = "Lyon", Category = "location", Trust = Trust.Rejected },
            },
        };

        string[] cards = [.. Regex.Matches(Render(profile, language), "<li><h3>city</h3>.*?</li>", RegexOptions.Singleline).Select(m => m.Value)];

        Assert.Equal(3, cards.Length);
        Assert.Equal([false, true, false], cards.Select(card => card.Contains($"<p class=\"soft\">{behind}</p>", StringComparison.Ordinal)));
        Assert.Equal([true, false, false], cards.Select(card => card.Contains(none, StringComparison.Ordinal)));
        Assert.Equal([4, 3, 1], cards.Select(card => Count(card, "<button")));
        Assert.Contains($"<p>Bilbao</p>\n<p>{guess}</p>", cards[1], StringComparison.Ordinal);
        Assert.Contains("crm", Facts(cards[1]), StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"value\" value=\"Bilbao\">", cards[1], StringComparison.Ordinal);
        Assert.Contains(": city, Bilbao</span>", cards[1], StringComparison.Ordinal);
        Assert.Contains("<p>Lyon</p>", cards[2], StringComparison.Ordinal);
        Assert.Equal(3, cards.Select(card => Regex.Match(card, "<input id=\"(trait[0-9]+)\"").Groups[1].Value).Distinct().Count());
    }

    [Fact]
    public void Render_TraitOfWhichEveryValueWasRejected_IsThere()
    {
        var page = Render(new Profile { OtherStatements = { new Trait { Name = "city", Value = "Lyon", Trust = Trust.Rejected } } });

        Assert.Contains("<p>Lyon</p>\n<p>You rejected it; it is not used.</p>", CardOf(page, "city"), StringComparison.Ordinal);
    }
}
