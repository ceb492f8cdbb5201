using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Footprint.Grid.Conformance.Processes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>"My footprint" in headless Chromium, with axe-core and without JavaScript, against whatever serves it.</summary>
public abstract class MyPageConformance : IDisposable
{
    private static readonly string[] _pages = ["main", "erase", "es", "vi"];
    private readonly TempFolder _folder = new();

    protected abstract WireTarget Target { get; }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [ProgramFact("npm", "chromium")]
    public async Task Page_OnAScreenAndOnAPhone_IsAccessibleFitsAndLoadsNothingForeign()
    {
        using var visitor = new MyVisitor(Target);
        await visitor.LeaveAsync("my-seen");

        var seen = await RunAsync(visitor, "my", "my-seen");

        Assert.Empty(seen["foreign"]!.AsArray());
        foreach (var width in new[] { "desktop", "phone" })
        {
            foreach (var page in _pages)
            {
                var looked = seen[width]![page]!;
                Assert.True((int)looked["passes"]! > 10, $"{width} {page}: axe looked at next to nothing");
                Assert.Empty(looked["violations"]!.AsArray().Select(violation => $"{width} {page}: {violation}"));
                Assert.Equal(0, (int)looked["sticksOut"]!);
            }

            Assert.Equal(["en", "en", "es", "vi"], _pages.Select(page => (string)seen[width]![page]!["language"]!));
            Assert.True((int)seen[width]!["main"]!["forms"]! > 10, $"{width}: the forms are not all there");
        }
    }

    [ProgramFact("npm", "chromium")]
    public async Task Page_WithoutJavaScript_ShowsAllAndEveryFormDoesWhatItSays()
    {
        using var visitor = new MyVisitor(Target);
        await visitor.LeaveAsync("my-used");

        var used = await RunAsync(visitor, "my-forms", "my-used");

        Assert.Empty(used["foreign"]!.AsArray());
        Assert.Equal("My footprint", Text(used, "heading"));
        Assert.Matches("(?s)A guess.*Concluded from other facts.*view.*website.*what was concluded", Text(used, "golf"));
        Assert.Matches("(?s)Bilbo.*A guess.*Observed.*visit.*shop.*location", Text(used, "city"));
        Assert.Matches("From “a guess” to “confirmed by you”.*by desk; channel: call centre", Text(used, "steps"));
        Assert.Matches("my-buyers.*Since", Text(used, "groups"));
        Assert.Matches("acme.*What is known about you. Purpose: Giving data to others.*Kinds of data: behaviour", Text(used, "disclosure"));

        Assert.Equal("Thank you, that is noted.", Text(used, "afterAnswer"));
        Assert.Contains("You rejected it", Text(used, "golfRejected"), StringComparison.Ordinal);
        Assert.Matches("There is no value: you rejected it", Text(used, "ageRejected"));
        Assert.Matches("Bilbo.*You confirmed it.*visit.*shop", Text(used, "cityConfirmed"));
        Assert.Equal("It is corrected.", Text(used, "afterCorrection"));
        Assert.Matches("Bilbao.*You said so", Text(used, "cityCorrected"));
        Assert.Matches("city.*From “confirmed by you” to “said by you”.*you, on this page; channel: website", Text(used, "stepsAfter"));

        string[] Cards(string key) => [.. used[key]!.AsArray().Select(card => (string)card!)];
        Assert.Matches("Real A guess.*Brought in from elsewhere.*crm.*call centre.*contact details", Cards("teams")[0]);
        Assert.Matches("Athletic A guess.*Something else about this holds.*Observed.*visit.*shop.*demographics", Cards("teams")[1]);
        Assert.Matches("Athletic You confirmed it", Cards("teamConfirmed")[0]);
        Assert.Equal(["Athletic A guess", "Real A guess"], Cards("teamConfirmed").Skip(1).Select(card => Regex.Match(card, "(Athletic|Real) A guess").Value).Order());
        Assert.Matches("Athletic You confirmed it", Cards("teamRejected")[0]);
        Assert.Contains(Cards("teamRejected").Skip(1), card => Regex.IsMatch(card, "Real You rejected it"));
        Assert.Matches("There is no value: you rejected it", Cards("noTeam")[0]);
        Assert.DoesNotContain(Cards("noTeam"), card => card.Contains("Athletic", StringComparison.Ordinal));

        Assert.Equal("Your choices hold from now on.", Text(used, "afterConsents"));
        Assert.Equal(["no", "no", "no", "yes"], used["chosen"]!.AsArray().Select(choice => (string)choice!));
        Assert.Equal(["no", "yes", "yes", "yes"], used["chosenBack"]!.AsArray().Select(choice => (string)choice!));
        Assert.True((int)used["rules"]! > (int)used["rulesBack"]!, "no decision was taken back");
        Assert.Equal("It leads to you no more.", Text(used, "afterUnlink"));
        Assert.Matches("my-used-tablet", Text(used, "unlinked"));
        Assert.Equal("Nothing is allowed any more.", Text(used, "afterWithdrawal"));
        Assert.Equal(["no", "no", "no", "no", "no"], used["nothingAllowed"]!.AsArray().Select(choice => (string)choice!));
        Assert.Equal("Mi huella", Text(used, "spanish"));
        Assert.Equal("Dấu chân của tôi", Text(used, "vietnamese"));
        Assert.Equal("Everything about you was erased", Text(used, "erased"));
        Assert.Equal("Please come in again", Text(used, "afterErase"));
        var left = await visitor.ProfileAsync("my-used");
        Assert.Empty(left["interests"]?.AsArray() ?? []);
        Assert.Empty(left["consents"]?.AsArray() ?? []);
    }

    [ToolTheory]
    [InlineData("my-ann-tablet")]
    [InlineData("my-nobodys-tablet")]
    public async Task Link_IdThatSomebodyElseSignedInWithSince_ShowsAndErasesNothingOfThem(string tablet)
    {
        using var visitor = new MyVisitor(Target);
        await visitor.LeaveAsync("my-ann");
        await visitor.LeaveAsync("my-ben");
        using var open = new HttpClient { BaseAddress = Target.Http };
        using var late = new HttpClient { BaseAddress = Target.Http };
        var unopened = await visitor.LinkAsync(tablet);
        await GetAsync(open, await visitor.LinkAsync(tablet));
        var before = await GetAsync(open, "/my");
        var token = Regex.Match(before.Page, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;

        await visitor.SignInAsync("my-ben", tablet);
        var sure = new FormUrlEncodedContent([new("token", token), new("sure", "yes")]);
        using var erased = await open.PostAsync(new Uri("/my/erase", UriKind.Relative), sure).Within("the form is answered");
        var afterwards = await GetAsync(open, "/my");
        await GetAsync(late, unopened);
        var opened = await GetAsync(late, "/my");

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.Equal([HttpStatusCode.Gone, HttpStatusCode.Unauthorized, HttpStatusCode.Gone], new[] { erased.StatusCode, afterwards.Status, opened.Status });
        Assert.DoesNotContain("my-ben", afterwards.Page + opened.Page, StringComparison.Ordinal);
        Assert.NotEmpty((await visitor.ProfileAsync("my-ben"))["interests"]!.AsArray());
    }

    private static async Task<(HttpStatusCode Status, string Page)> GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative)).Within($"{path} is answered");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync().Within($"{path} is read"));
    }

    private static string Text(JsonNode seen, string key) => (string)seen[key]!;

    private async Task<JsonNode> RunAsync(MyVisitor visitor, string scenario, string client) => await JsClient.RunAsync(scenario, new Dictionary<string, string>
    {
        ["GRID_HTTP"] = Target.Http.ToString().TrimEnd('/'),
        ["GRID_LINK"] = await visitor.LinkAsync(client),
        ["GRID_PROFILE"] = Directory.CreateDirectory(_folder.File("chromium")).FullName,
        ["CHROMIUM"] = Tool.Find("chromium")!,
    });
}
