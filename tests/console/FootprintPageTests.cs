using System.Net;
using System.Text.RegularExpressions;
using Footprint.Grid.Pages.Html;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Footprint.Grid.Pages.Tests;

public sealed class FootprintPageTests
{
    private const string Hostile = "\"><script>alert('x')</script>&amp;";
    private static readonly Timestamp _time = Timestamp.FromDateTime(new DateTime(2026, 11, 21, 10, 30, 0, DateTimeKind.Utc));

    [Fact]
    public void Render_HostileTexts_StayText()
    {
        var known = new ExportResponse
        {
            Profile = new Profile
            {
                Interests = { new Interest { Topic = Hostile, LastSeen = _time } },
                Traits = { new Trait { Name = Hostile, Value = Hostile, Category = Hostile, Source = Hostile, Time = _time } },
                Counters = { new Counter { Type = Hostile } },
                RecentItems = { new RecentItem { ItemId = Hostile, Type = Hostile } },
                Consents = { new Consent { Purpose = Hostile, Category = Hostile, Recipient = Hostile, Source = Hostile, Time = _time } },
                Aliases = { Hostile },
                Disclosures = { new Disclosure { Recipient = Hostile, Purpose = Hostile, Categories = { Hostile }, Day = Hostile, Last = _time } },
                Money = new Money { Purchases = 1, Spent = { new Value { Amount = 1, Currency = Hostile } } },
            },
            Impressions = { new ExportResponse.Types.Impression { ItemId = Hostile, Placement = Hostile } },
        };

        var page = FootprintPage.Render(View(known) with { ClientId = Hostile, FormToken = Hostile });

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Hostile, page, StringComparison.Ordinal);
        Assert.Contains("&quot;&gt;&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Profile_ShowsEachThingAndHowItIsKnown()
    {
        var known = new ExportResponse
        {
            Profile = new Profile
            {
                Interests = { new Interest { Topic = "golf", Affinity = 2.5, PassiveCount = 3, ActiveCount = 1, Trust = Interest.Types.Trust.Inferred, LastSeen = _time } },
                Traits = { new Trait { Name = "city", Value = "Bilbao", Category = "location", Provenance = Trait.Types.Provenance.Imported, Source = "crm", Time = _time } },
                Aliases = { "cookie-7" },
            },
        };

        var page = FootprintPage.Render(View(known));

        Assert.Contains("A guess. Based on 3 things observed and 1 things you said or did on purpose; last on 2026-11-21 10:30 UTC.", page, StringComparison.Ordinal);
        Assert.Contains("Brought in from elsewhere. Category: location. From crm, on 2026-11-21 10:30 UTC.", page, StringComparison.Ordinal);
        Assert.Contains("cookie-7", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Ads that were chosen with what is known about you. Purpose: Choosing ads for you", "Kinds of data: behaviour, what was concluded")]
    [InlineData("es", "Anuncios elegidos con lo que se sabe de usted. Finalidad: ", "Tipos de datos: ")]
    [InlineData("vi", "Quảng cáo được chọn nhờ những gì biết về bạn. Mục đích: ", "Loại dữ liệu: ")]
    public void Render_Disclosures_SayWhoGotWhatAndWhen(string language, string what, string data)
    {
        var told = new Disclosure
        {
            Recipient = "acme",
            Purpose = "advertising",
            Kind = Disclosure.Types.Kind.Ads,
            Categories = { "behaviour", "inferred" },
            Count = 12,
            Day = "2026-11-21",
            First = _time,
            Last = _time,
        };
        var earlier = new Disclosure { Recipient = "zeta", Categories = { "location" }, Count = 345, First = _time, Last = _time };
        var known = new ExportResponse { Profile = new Profile { Disclosures = { told, earlier } } };

        var page = WebUtility.HtmlDecode(FootprintPage.Render(View(known) with { Language = PageLanguage.Find(language)! }));

        Assert.Matches($"(?s)acme.*{Regex.Escape(what)}.*{Regex.Escape(data)}.*2026-11-21: 12 .*2026-11-21 10:30 UTC", page);
        Assert.Matches("(?s)zeta.*345", page);
    }

    [Fact]
    public void Render_NoDisclosures_SaysSo() => Assert.Contains("Nothing about you went to anybody else.", FootprintPage.Render(View(null)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Interest.Types.Trust.Inferred, true, true)]
    [InlineData(Interest.Types.Trust.Confirmed, false, true)]
    [InlineData(Interest.Types.Trust.Rejected, true, false)]
    public void Render_Interest_OffersTheAnswersThatWouldChangeIt(Interest.Types.Trust trust, bool confirm, bool reject)
    {
        var page = FootprintPage.Render(View(new ExportResponse { Profile = new Profile { Interests = { new Interest { Topic = "golf", Trust = trust } } } }));

        Assert.Equal(confirm, page.Contains("name=\"answer\" value=\"yes\"", StringComparison.Ordinal));
        Assert.Equal(reject, page.Contains("name=\"answer\" value=\"no\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_EveryForm_HasTheToken()
    {
        var known = new ExportResponse { Profile = new Profile { Interests = { new Interest { Topic = "golf" } }, Traits = { new Trait { Name = "a" } } } };

        var page = FootprintPage.Render(View(known));

        Assert.Equal(Count(page, "<form "), Count(page, "name=\"token\" value=\"t0ken\""));
    }

    [Fact]
    public void Render_NothingKnown_SaysSoAndStillTakesDecisions()
    {
        var page = FootprintPage.Render(View(null));

        Assert.Contains("Nothing is known about you.", page, StringComparison.Ordinal);
        Assert.Contains("choice.advertising", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoticeThatIsNoText_IsLeftOut() =>
        Assert.DoesNotContain("role=\"status\"", FootprintPage.Render(View(null) with { Notice = "done.nothing" }), StringComparison.Ordinal);

    [Fact]
    public void Markup_Values_AreEncodedUnlessTheyAreMarkup()
    {
        const string Text = "<b>";

        Assert.Equal("&lt;b&gt;<b>", Markup.Of($"{Text}{new Markup(Text)}").Text);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static FootprintView View(ExportResponse? known) => new("c1", known, PageLanguage.All[0], "t0ken", null, 30);
}
