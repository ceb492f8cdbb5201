using System.Net;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.My;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Tests.My;

public sealed class MyPagesTests
{
    [Fact]
    public async Task Link_Opened_LeadsToThePageOfItsClient()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = new MyBrowser(host.Json.BaseAddress!);

        using var entered = await browser.GetAsync(await MyBrowser.LinkAsync(host, "c 1/ü"));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), c => c.StartsWith("fg_my=", StringComparison.Ordinal));
        using var page = await browser.GetAsync("/my");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (entered.StatusCode, page.StatusCode));
        Assert.All(["httponly", "samesite=strict", "path=/my"], flag => Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("c 1/ü", browser.Page, StringComparison.Ordinal);
        Assert.Equal(["GetProfile", "GetProfile", "Export"], host.Engine.Calls.Select(c => c.Operation));
        Assert.All(host.Engine.Calls, c => Assert.Equal("default", c.Call.Tenant));
    }

    [Fact]
    public async Task Page_EveryAnswer_LoadsNothingForeignAndIsNotCached()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        foreach (var path in new[] { "/my", "/my/erase", "/my/my.css", "/my/footprint.json", "/my/enter?pass=none" })
        {
            using var answer = await browser.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.DoesNotMatch("(src|href)=\"[a-z]+:", browser.Page);
        }
    }

    [Theory]
    [InlineData("/my")]
    [InlineData("/my/erase")]
    [InlineData("/my/footprint.json")]
    [InlineData("/my/enter")]
    [InlineData("/my/enter?pass=AAAA")]
    public async Task Page_WithoutAPass_ShowsNothing(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = new MyBrowser(host.Json.BaseAddress!);

        using var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Form_WithoutItsToken_ChangesNothing()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);
        using var other = await MyBrowser.EnterAsync(host, "other");
        var foreign = System.Text.RegularExpressions.Regex.Match(other.Page, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;
        var before = host.Engine.Calls.Count;

        foreach (var token in new[] { "", "nonsense", foreign })
        {
            using var answer = await browser.PostAsync("/my/erase", token, ("sure", "yes"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.DoesNotContain(host.Engine.Calls.Skip(before), c => c.Operation != "GetProfile");
    }

    [Fact]
    public async Task Erase_NotSure_AsksAgainAndSure_Erases()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var unsure = await browser.PostAsync("/my/erase");
        Assert.DoesNotContain(host.Engine.Calls, c => c.Operation == "Erase");
        using var sure = await browser.PostAsync("/my/erase", null, ("sure", "yes"));
        using var after = await browser.GetAsync("/my");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (unsure.StatusCode, sure.StatusCode, after.StatusCode));
        Assert.Single(host.Engine.Calls, c => c.Operation == "Erase");
    }

    [Fact]
    public async Task Forms_EachOne_MakesItsCallAndComesBack()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);
        RecordRequest? corrected = null;
        host.Engine.OnRecord = (request, _) =>
        {
            corrected = request;
            host.Engine.Profile.Traits.Add(new Trait { Name = "city", Value = "Bilbao" });
            host.Engine.Profile.OtherStatements.Add(new Trait { Name = "city", Value = "Madrid" });
            return ValueTask.FromResult(FakeEngine.Accept(request));
        };

        using var consents = await browser.PostAsync("/my/consents", await browser.TokenAsync(), ("choice.advertising", "no"));
        using var rule = await browser.PostAsync(
            "/my/consents", await browser.TokenAsync(), ("purpose", "sharing"), ("category", "location"), ("recipient", "crm"), ("decision", "no"));
        using var interest = await browser.PostAsync("/my/interest", await browser.TokenAsync(), ("topic", "golf"), ("answer", "no"));
        using var trait = await browser.PostAsync("/my/trait", await browser.TokenAsync(), ("name", "city"), ("value", "Bilbao"), ("category", "location"), ("corrected", "Madrid"));

        Assert.All([consents, rule, interest, trait], answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var operations = host.Engine.Calls.Select(c => c.Operation).ToList();
        Assert.Equal(2, operations.Count(o => o == "SetConsents"));
        Assert.All(host.Engine.Requests.OfType<SetConsentsRequest>(), request => Assert.True(request.EndNarrower));
        Assert.Contains("ConfirmInterest", operations);
        var act = Assert.Single(corrected!.Events);
        Assert.Equal(("city", "Madrid", ConfirmInterestRequest.Types.Answer.Reject), host.Engine.Requests.OfType<ConfirmInterestRequest>().Select(r => (r.Trait, r.Value, r.Answer)).Last());
        Assert.Equal(("c1", FootprintEvent.Types.Kind.Active, "Bilbao"), (act.ClientId, act.Kind, act.Traits.Single().Value));
    }

    /// <summary>What the client said of itself before is not there any more, so there is nothing to reject.</summary>
    [Fact]
    public async Task Trait_CorrectionOfWhatItTakesThePlaceOf_RejectsNothing()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.Profile.Traits.Add(new Trait { Name = "city", Value = "Bilbao" });
        using var browser = await MyBrowser.EnterAsync(host);

        using var trait = await browser.PostAsync("/my/trait", await browser.TokenAsync(), ("name", "city"), ("value", "Bilbao"), ("category", "location"), ("corrected", "Madrid"));

        Assert.Equal(HttpStatusCode.SeeOther, trait.StatusCode);
        Assert.Empty(host.Engine.Requests.OfType<ConfirmInterestRequest>());
    }

    [Fact]
    public async Task Trait_CorrectionOfAKindThatMayNotBeKept_IsNotSaidToBeSaved()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var trait = await browser.PostAsync("/my/trait", await browser.TokenAsync(), ("name", "city"), ("value", "Bilbao"), ("category", "location"));

        Assert.Single(host.Engine.Calls, c => c.Operation == "Record");
        Assert.Equal(HttpStatusCode.BadRequest, trait.StatusCode);
    }

    [Theory]
    [InlineData("tcf:13", 1)]
    [InlineData("my-footprint", 0)]
    public async Task Consents_DenialThatHoldsBesideAnException_IsSaidAgainUnlessTheClientMadeTheExceptionHere(string source, int said)
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.Profile.Consents.Add(new Consent { Purpose = "sharing", Category = "*", Recipient = "*", Decision = Consent.Types.Decision.Deny });
        host.Engine.Profile.Consents.Add(
            new Consent { Purpose = "sharing", Category = "*", Recipient = "iab:755", Decision = Consent.Types.Decision.Allow, Source = source });
        using var browser = await MyBrowser.EnterAsync(host);

        using var posted = await browser.PostAsync("/my/consents", await browser.TokenAsync(), ("choice.sharing", "no"));

        Assert.Equal(said, host.Engine.Requests.OfType<SetConsentsRequest>().Count());
    }

    [Theory]
    [InlineData(null, "Mi huella", "es-ES")]
    [InlineData("?lang=vi", "Dấu chân của tôi", "es-ES")]
    [InlineData(null, "My footprint", "fr")]
    public async Task Page_Language_IsTheChosenOrTheBrowsers(string? query, string title, string accept)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var first = await browser.GetAsync("/my" + query, accept);
        Assert.Contains($"<h1>{title}</h1>", browser.Page, StringComparison.Ordinal);
        using var again = await browser.GetAsync("/my/erase", accept);

        Assert.Equal(query is null ? title == "Mi huella" ? "es" : "en" : "vi", System.Text.RegularExpressions.Regex.Match(browser.Page, "<html lang=\"(..)\"").Groups[1].Value);
    }

    [Fact]
    public async Task Link_AfterItsTime_NoLongerLetsIn()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);
        using var browser = new MyBrowser(host.Json.BaseAddress!);
        var link = await MyBrowser.LinkAsync(host, "c1", "60s");

        time.Advance(TimeSpan.FromSeconds(59));
        using var inTime = await browser.GetAsync(link);
        time.Advance(TimeSpan.FromSeconds(2));
        using var late = await browser.GetAsync(link);
        using var open = await browser.GetAsync("/my");
        time.Advance(TimeSpan.FromMinutes(MyVisit.Minutes));
        using var closed = await browser.GetAsync("/my");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized],
            new[] { inTime, late, open, closed }.Select(a => a.StatusCode));
    }

    [Theory]
    [InlineData("alice", "bob")]
    [InlineData("alice", "tablet")]
    [InlineData("tablet", "bob")]
    public async Task Page_IdLeadsElsewhereThanWhenTheLinkWasMade_ShowsAndDoesNothing(string client, string next)
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.Profile.ClientId = client;
        foreach (var (isForm, path) in new[] { (false, "/my"), (false, "/my/footprint.json"), (false, "/my/erase"), (true, "/my/erase"), (true, "/my/consents"), (true, "/my/withdraw"), (true, "/my/trait"), (true, "/my/interest"), (true, "/my/unlink") })
        {
            host.Engine.Profile.ClientId = client;
            using var browser = await MyBrowser.EnterAsync(host, "tablet");
            var token = await browser.TokenAsync();
            host.Engine.Profile.ClientId = next;
            var before = host.Engine.Calls.Count;

            using var answer = isForm ? await browser.PostAsync(path, token, ("sure", "yes"), ("choice.sharing", "no"), ("id", "tablet")) : await browser.GetAsync(path);
            var page = browser.Page;
            using var again = await browser.GetAsync("/my");

            Assert.Equal((path, HttpStatusCode.Gone, HttpStatusCode.Unauthorized), (path, answer.StatusCode, again.StatusCode));
            Assert.Contains("leads to somebody else now", page, StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"token\"", page, StringComparison.Ordinal);
            Assert.Equal(["GetProfile"], host.Engine.Calls.Skip(before).Select(c => c.Operation));
        }
    }

    [Fact]
    public async Task Page_OfALinkedId_IsItsClientsWhateverIsAsked()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.Profile.ClientId = "alice";
        using var browser = await MyBrowser.EnterAsync(host, "tablet");

        using var shown = await browser.GetAsync("/my");
        using var said = await browser.PostAsync("/my/consents", await browser.TokenAsync(), ("choice.sharing", "no"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (shown.StatusCode, said.StatusCode));
        Assert.Equal("alice", host.Engine.Requests.OfType<ExportRequest>().Last().ClientId);
        Assert.Equal("alice", Assert.Single(host.Engine.Requests.OfType<SetConsentsRequest>()).ClientId);
    }

    [Fact]
    public async Task Form_WithThePrivacySignal_TellsTheEngine()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);
        var token = await browser.TokenAsync();
        browser.Http.DefaultRequestHeaders.Add("Sec-GPC", "1");

        using var corrected = await browser.PostAsync("/my/trait", token, ("name", "city"), ("value", "Bilbao"), ("category", "location"));

        Assert.True(Assert.Single(host.Engine.Calls, c => c.Operation == "Record").Call.HasPrivacySignal);
    }

    [Theory]
    [InlineData("59s")]
    [InlineData("86401s")]
    [InlineData("-5s")]
    public async Task CreateMyLink_LifetimeOutOfBounds_IsRefused(string lifetime)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await host.SendAsync(HttpMethod.Post, "/v1/clients/c1/my-link", $$"""{"lifetime":"{{lifetime}}"}""");
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(("lifetime", "1 minute to 24 hours"), ((string)error["field"]!, (string)error["limit"]!));
    }

    [Fact]
    public async Task CreateMyLink_NeedsTheScopeToWriteProfiles()
    {
        await using var host = await ApiHost.StartAsync();
        host.Json.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.KeyOf(Scope.ProfileRead));

        using var answer = await host.SendAsync(HttpMethod.Post, "/v1/clients/c1/my-link", "{}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
