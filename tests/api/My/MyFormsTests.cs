using System.Net;
using Footprint.Grid.Api.My;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Api.Tests.My;

/// <summary>Each form of the page makes the call that the API makes, for the client whose page it is.</summary>
public sealed class MyFormsTests
{
    [Theory]
    [InlineData("/my/consents")]
    [InlineData("/my/withdraw")]
    [InlineData("/my/interest")]
    [InlineData("/my/trait")]
    [InlineData("/my/unlink")]
    [InlineData("/my/erase")]
    [InlineData("/my/leave")]
    public async Task Form_WithoutItsTokenOrSession_IsRefused(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);
        using var stranger = new MyBrowser(host.Json.BaseAddress!);
        var before = host.Engine.Calls.Count;
        (string, string)[] fields = [("sure", "yes"), ("topic", "golf"), ("answer", "no"), ("name", "city"), ("value", "x"), ("id", "cookie"), ("choice.sharing", "no")];

        using var forged = await browser.PostAsync(path, "forged", fields);
        using var unknown = await stranger.PostAsync(path, await browser.TokenAsync(), fields);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized), (forged.StatusCode, unknown.StatusCode));
        Assert.DoesNotContain(host.Engine.Calls.Skip(before), c => c.Operation is not ("Export" or "GetProfile"));
    }

    [Theory]
    [InlineData("topic", "golf", "yes", Answer.Confirm)]
    [InlineData("topic", "golf", "no", Answer.Reject)]
    [InlineData("name", "city", "yes", Answer.Confirm)]
    [InlineData("name", "city", "no", Answer.Reject)]
    public async Task Answer_OfAnInterestOrATrait_SaysWhereItWasGiven(string field, string about, string said, Answer answer)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var posted = await browser.PostAsync("/my/interest", await browser.TokenAsync(), (field, about), ("answer", said));

        var request = Assert.Single(host.Engine.Requests.OfType<ConfirmInterestRequest>());
        Assert.Equal("/my?done=interest", posted.Headers.Location!.OriginalString);
        Assert.Equal(("c1", about, answer), (request.ClientId, field == "name" ? request.Trait : request.Topic, request.Answer));
        Assert.Equal((FootprintEvent.Types.Channel.Web, MyConsents.Source), (request.Channel, request.Source));
    }

    [Theory]
    [InlineData("yes", Answer.Confirm)]
    [InlineData("no", Answer.Reject)]
    public async Task Answer_OfOneStatementOfSeveral_NamesItsValue(string said, Answer answer)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var posted = await browser.PostAsync("/my/interest", await browser.TokenAsync(), ("name", "city"), ("value", "Hue"), ("answer", said));

        var request = Assert.Single(host.Engine.Requests.OfType<ConfirmInterestRequest>());
        Assert.Equal(("city", "Hue", answer), (request.Trait, request.Value, request.Answer));
    }

    [Fact]
    public async Task Unlink_OfSomebodyWhoCameByALinkedId_IsFromTheClientThatItLeadsTo()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.Profile.ClientId = "known";
        using var browser = await MyBrowser.EnterAsync(host, "cookie");

        using var posted = await browser.PostAsync("/my/unlink", await browser.TokenAsync(), ("id", "tablet"));

        var request = Assert.Single(host.Engine.Requests.OfType<UnlinkRequest>());
        Assert.Equal("/my?done=unlink", posted.Headers.Location!.OriginalString);
        Assert.Equal(("known", "tablet", false), (request.ClientId, request.AnonymousId, request.SignOut));
    }

    [Fact]
    public async Task Withdraw_OnceItIsSure_ReplacesAllThatWasSaidByDenials()
    {
        await using var host = await ApiHost.StartAsync(options => options.Purposes["default"] = ["club"]);
        host.Engine.Profile.Consents.Add(new Consent { Purpose = "loyalty", Category = "*", Recipient = "acme", Decision = Decision.Allow });
        using var browser = await MyBrowser.EnterAsync(host);

        using var unsure = await browser.PostAsync("/my/withdraw", await browser.TokenAsync());
        Assert.Empty(host.Engine.Requests.OfType<SetConsentsRequest>());
        using var sure = await browser.PostAsync("/my/withdraw", await browser.TokenAsync(), ("sure", "yes"));

        Assert.Equal((HttpStatusCode.BadRequest, "/my?done=withdrawn"), (unsure.StatusCode, sure.Headers.Location!.OriginalString));
        var request = Assert.Single(host.Engine.Requests.OfType<SetConsentsRequest>());
        Assert.True(request.Replace);
        Assert.Equal(["personalization", "advertising", "analytics", "measurement", "sharing", "club", "loyalty"], request.Consents.Select(c => c.Purpose));
        Assert.All(request.Consents, c => Assert.Equal((Decision.Deny, "", "", MyConsents.Source), (c.Decision, c.Category, c.Recipient, c.Source)));
    }

    [Theory]
    [InlineData("category.location", "location", "*")]
    [InlineData("recipient.acme", "*", "acme")]
    public async Task Consents_AKindOfDataOrARecipientDenied_IsDeniedForEveryPurposeAndTakenBack(string field, string category, string recipient)
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var denied = await browser.PostAsync("/my/consents", await browser.TokenAsync(), (field, "no"));
        var said = Assert.Single(host.Engine.Requests.OfType<SetConsentsRequest>());
        host.Engine.Profile.Consents.AddRange(said.Consents);
        using var again = await browser.PostAsync("/my/consents", await browser.TokenAsync(), (field, "no"));
        using var allowed = await browser.PostAsync("/my/consents", await browser.TokenAsync(), (field, "yes"));

        Assert.Equal(5, said.Consents.Count);
        Assert.All(said.Consents, c => Assert.Equal((Decision.Deny, category, recipient), (c.Decision, c.Category, c.Recipient)));
        var back = Assert.Single(host.Engine.Requests.OfType<SetConsentsRequest>().Skip(1));
        Assert.Equal(said.Consents.Select(c => c.Purpose), back.Consents.Select(c => c.Purpose));
        Assert.All(back.Consents, c => Assert.Equal((Decision.Withdrawn, category, recipient), (c.Decision, c.Category, c.Recipient)));
    }

    [Fact]
    public async Task Consents_OneRuleTakenBack_IsThatRuleAlone()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var posted = await browser.PostAsync(
            "/my/consents", await browser.TokenAsync(), ("purpose", "sharing"), ("category", "location"), ("recipient", "crm"), ("decision", "lift"));

        var rule = Assert.Single(Assert.Single(host.Engine.Requests.OfType<SetConsentsRequest>()).Consents);
        Assert.Equal(("sharing", "location", "crm", Decision.Withdrawn), (rule.Purpose, rule.Category, rule.Recipient, rule.Decision));
    }

    [Fact]
    public async Task Consents_MoreThanOneRequestMaySay_AreSaidInSeveral()
    {
        await using var host = await ApiHost.StartAsync();
        using var browser = await MyBrowser.EnterAsync(host);

        using var posted = await browser.PostAsync("/my/consents", await browser.TokenAsync(), [.. Enumerable.Range(0, 25).Select(i => ($"recipient.r{i}", "no"))]);

        Assert.Equal([100, 25], host.Engine.Requests.OfType<SetConsentsRequest>().Select(r => r.Consents.Count));
    }
}
