using System.Net;
using System.Text.RegularExpressions;
using Footprint.Grid.Pages.Html;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.Tests;

public sealed partial class FootprintPageTests
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
                OtherStatements = { new Trait { Name = Hostile, Value = Hostile + "2", Category = Hostile, Source = Hostile, Time = _time } },
                Counters = { new Counter { Type = Hostile } },
                RecentItems = { new RecentItem { ItemId = Hostile, Type = Hostile } },
                Consents = { new Consent { Purpose = Hostile, Category = Hostile, Recipient = Hostile, Source = Hostile, Time = _time } },
                Aliases = { Hostile },
                Unlinked = { Hostile },
                Countries = { Hostile },
                Segments = { new SegmentMembership { SegmentId = Hostile, Entered = _time } },
                TrustHistory = { new TrustChange { Topic = Hostile, Source = Hostile, Time = _time } },
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

    [Theory]
    [InlineData("en", "A guess.", "How it became known|Concluded from other facts.|From|view|Through|shop|When|2026-11-21 10:30 UTC|Kind of data|what was concluded|Based on|3 things observed, 1 things you said or did on purpose")]
    [InlineData("es", "Una suposición.", "Cómo se supo|Deducido de otros datos.|Procede de|view|Por medio de|tienda|Cuándo|2026-11-21 10:30 UTC|Clase de datos|lo deducido|Se basa en|3 cosas observadas, 1 que usted dijo o hizo a propósito")]
    [InlineData("vi", "Phỏng đoán.", "Biết bằng cách nào|Suy ra từ thông tin khác.|Nguồn|view|Qua kênh|cửa hàng|Thời điểm|2026-11-21 10:30 UTC|Loại dữ liệu|điều suy ra|Dựa trên|3 điều quan sát được, 1 điều bạn chủ động nói hoặc làm")]
    public void Render_Interest_SaysHowItIsKnownAndHowSurely(string language, string trust, string facts)
    {
        var golf = new Interest
        {
            Topic = "golf",
            Affinity = 2.5,
            PassiveCount = 3,
            ActiveCount = 1,
            Trust = Trust.Inferred,
            LastSeen = _time,
            Provenance = Trait.Types.Provenance.Derived,
            Source = "view",
            Channel = FootprintEvent.Types.Channel.Store,
            Category = "inferred",
        };

        var card = CardOf(Render(new Profile { Interests = { golf } }, language), "golf");

        Assert.Contains($"<p>{trust}</p>", card, StringComparison.Ordinal);
        Assert.StartsWith(facts, Facts(card), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Trait_SaysHowItIsKnownAndHowSurely()
    {
        var city = new Trait
        {
            Name = "city",
            Value = "Bilbao",
            Category = "location",
            Provenance = Trait.Types.Provenance.Imported,
            Trust = Trust.Confirmed,
            Source = "crm",
            Channel = FootprintEvent.Types.Channel.CallCentre,
            Time = _time,
        };

        var card = CardOf(Render(new Profile { Traits = { city } }), "city");

        Assert.Contains("<p>Bilbao</p>\n<p>You confirmed it.</p>", card, StringComparison.Ordinal);
        Assert.Equal("How it became known|Brought in from elsewhere.|From|crm|Through|call centre|When|2026-11-21 10:30 UTC|Kind of data|location", Facts(card));
    }

    [Theory]
    [InlineData(Trust.Inferred, true, true)]
    [InlineData(Trust.Declared, true, true)]
    [InlineData(Trust.Confirmed, false, true)]
    [InlineData(Trust.Rejected, false, false)]
    public void Render_Trait_OffersTheAnswersThatWouldChangeItAndACorrection(Trust trust, bool confirm, bool reject)
    {
        var card = CardOf(Render(new Profile { Traits = { new Trait { Name = "city", Value = "Bilbao", Trust = trust } } }), "city");

        Assert.Equal((confirm, reject), (card.Contains("name=\"answer\" value=\"yes\"", StringComparison.Ordinal), card.Contains("name=\"answer\" value=\"no\"", StringComparison.Ordinal)));
        Assert.Contains("action=\"/my/trait\"", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "From “a guess” to “confirmed by you”.", "2026-11-21 10:30 UTC, by you, on this page; channel: website")]
    [InlineData("es", "De «una suposición» a «confirmado por usted».", "2026-11-21 10:30 UTC, por usted, en esta página; canal: sitio web")]
    [InlineData("vi", "Từ “phỏng đoán” thành “bạn đã xác nhận”.", "2026-11-21 10:30 UTC, theo bạn, trên trang này; kênh: trang web")]
    public void Render_Steps_SayWhatChangedWhenAndByWhom(string language, string change, string when)
    {
        var step = new TrustChange { Trait = "city", From = Trust.Inferred, To = Trust.Confirmed, Time = _time, Source = "my-footprint", Channel = FootprintEvent.Types.Channel.Web };

        var card = CardOf(Render(new Profile { TrustHistory = { step } }, language), "city");

        Assert.Contains(change, card, StringComparison.Ordinal);
        Assert.Contains(when, card, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LinkedIds_HaveAFormEachAndThoseGivenUpAreNamed()
    {
        var page = Render(new Profile { Aliases = { "cookie-7", "tablet" }, Unlinked = { "old-phone" } });

        Assert.Equal(2, Count(page, "action=\"/my/unlink\""));
        Assert.Contains("name=\"id\" value=\"tablet\">Unlink<span class=\"hidden\">: tablet</span>", page, StringComparison.Ordinal);
        Assert.Contains("Unlinked at your request (1)", page, StringComparison.Ordinal);
        Assert.Contains("<li>old-phone</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Groups_SaySinceWhenAndUntilWhen()
    {
        var page = Render(new Profile { Segments = { new SegmentMembership { SegmentId = "was", Entered = _time, Left = _time }, new SegmentMembership { SegmentId = "is", Entered = _time } } });

        Assert.Contains("Since 2026-11-21 10:30 UTC.", CardOf(page, "is"), StringComparison.Ordinal);
        Assert.Contains("From 2026-11-21 10:30 UTC to 2026-11-21 10:30 UTC; no longer.", CardOf(page, "was"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Consents_HaveAToggleForEachPurposeKindOfDataAndRecipient()
    {
        var profile = new Profile { Disclosures = { new Disclosure { Recipient = "acme", Day = "2026-11-21", Last = _time } } };
        profile.Consents.Add(Deny("advertising", "*", "*"));
        profile.Consents.AddRange(new ConsentChoices(null, []).Purposes.Select(p => Deny(p, "location", "*")));
        profile.Consents.Add(Deny("sharing", "purchases", "*"));
        profile.Consents.Add(Deny("sharing", "*", "crm"));

        var page = Render(profile);

        Assert.Equal(["-", "no", "-", "-", "-"], new ConsentChoices(null, []).Purposes.Select(p => Chosen(page, "choice." + p)));
        Assert.Equal(["yes", "-", "yes", "yes", "no", "yes", "yes"], ConsentChoices.Categories.Select(c => Chosen(page, "category." + c)));
        Assert.Equal(["yes", "-"], new[] { "acme", "crm" }.Select(r => Chosen(page, "recipient." + r)));
        Assert.Equal(2, Count(page, "It differs by purpose; see the decisions in force."));
        Assert.Equal(8, Count(page, "name=\"decision\" value=\"lift\""));
    }

    [Fact]
    public void Render_MoreThanFits_IsAllThereFoldedAway()
    {
        var profile = new Profile();
        profile.Disclosures.AddRange(Enumerable.Range(0, 60).Select(i => new Disclosure { Recipient = $"partner-{i}", Day = "2026-11-21", Last = _time }));
        profile.RecentItems.AddRange(Enumerable.Range(0, 200).Select(i => new RecentItem { ItemId = $"item-{i}", Type = "view", Time = _time }));

        var page = Render(profile);

        Assert.All(Enumerable.Range(0, 60), i => Assert.Contains($"<h3>partner-{i}</h3>", page, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 200), i => Assert.Contains($"<h3>item-{i}</h3>", page, StringComparison.Ordinal));
        Assert.Contains("<summary>Older ones (40)</summary>", page, StringComparison.Ordinal);
        Assert.Contains("<summary>Recent items (200)</summary>", page, StringComparison.Ordinal);
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
    [InlineData(Trust.Inferred, true, true)]
    [InlineData(Trust.Confirmed, false, true)]
    [InlineData(Trust.Rejected, true, false)]
    public void Render_Interest_OffersTheAnswersThatWouldChangeIt(Trust trust, bool confirm, bool reject)
    {
        var page = FootprintPage.Render(View(new ExportResponse { Profile = new Profile { Interests = { new Interest { Topic = "golf", Trust = trust } } } }));

        Assert.Equal(confirm, page.Contains("name=\"answer\" value=\"yes\"", StringComparison.Ordinal));
        Assert.Equal(reject, page.Contains("name=\"answer\" value=\"no\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_EveryForm_HasTheToken()
    {
        var profile = new Profile { Interests = { new Interest { Topic = "golf" } }, Traits = { new Trait { Name = "a" } }, Aliases = { "cookie" }, Consents = { Deny("sharing", "*", "*") } };
        var known = new ExportResponse { Profile = profile };

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

    private static string Render(Profile profile, string language = "en") =>
        WebUtility.HtmlDecode(FootprintPage.Render(View(new ExportResponse { Profile = profile }) with { Language = PageLanguage.Find(language)! }));

    private static string CardOf(string page, string heading) => Regex.Match(page, $"(?s)<li><h3>{heading}</h3>.*?</li>").Value;

    private static string Facts(string card) => string.Join('|', Regex.Matches(card, "<d[td]>(.*?)</d[td]>").Select(m => m.Groups[1].Value));

    private static string Chosen(string page, string name) =>
        Regex.Match(page, $"name=\"{Regex.Escape(name)}\" value=\"(yes|no)\" checked") is { Success: true } chosen ? chosen.Groups[1].Value
            : page.Contains($"name=\"{name}\"", StringComparison.Ordinal) ? "-" : "missing";

    private static Consent Deny(string purpose, string category, string recipient) =>
        new() { Purpose = purpose, Category = category, Recipient = recipient, Decision = Decision.Deny, Time = _time };

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static FootprintView View(ExportResponse? known) => new("c1", known, PageLanguage.All[0], "t0ken", null, 30);
}
