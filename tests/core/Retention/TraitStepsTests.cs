using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;

namespace Footprint.Grid.Core.Tests.Retention;

/// <summary>Of what was rejected remains that it was, and when: how it had come to be trusted goes by the age of that.</summary>
public sealed class TraitStepsTests
{
    private const long Day = 86_400_000;
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Theory]
    [InlineData("location", "location", "", "Inferred Rejected -90")]
    [InlineData("location", "location", "Lyon", "Inferred Rejected -90")]
    [InlineData("location", "demographics", "", "Inferred Declared -100, Declared Rejected -90")]
    [InlineData("location", "declared", "", "Inferred Declared -100, Declared Rejected -90")]
    [InlineData("size", "size", "", "Inferred Rejected -90")]
    [InlineData("size", "demographics", "", "Inferred Rejected -90")]
    [InlineData("declared", "declared", "", "Inferred Rejected -90")]
    public void Expire_TraitThatWasRejected_LeavesOfItsStepsTheNoAlone(string of, string rule, string value, string left)
    {
        State(_client, 100, of);
        Say(_client, 90, Answer.Reject, value);

        _client.Expire(_grid.Turn, Rules(rule));

        Assert.Equal(left, Steps());
        Assert.False(_client.Expire(_grid.Turn, Rules(rule)));
        Assert.Equal(_client.Profile.TrustHistory.All, _grid.Replay(_client).Profile.TrustHistory.All);
    }

    [Fact]
    public void Expire_StepsThatAreYoungEnough_Stay()
    {
        State(_client, 100, "location");
        Say(_client, 20, Answer.Confirm);
        Say(_client, 10, Answer.Reject);

        _client.Expire(_grid.Turn, Rules("location"));

        Assert.Equal("Inferred Confirmed -20, Confirmed Rejected -10", Steps());
    }

    [Fact]
    public void Expire_StatedAgainSinceTheNo_TakesWhatWasBefore()
    {
        State(_client, 100, "location");
        Say(_client, 90, Answer.Reject);
        State(_client, 10, "location");

        _client.Expire(_grid.Turn, Rules("location"));

        Assert.Equal("Inferred Rejected -90, Rejected Declared -10", Steps());
    }

    [Fact]
    public void Expire_StepOfANoThatNoVersionSaidTheCategoryOf_GoesByTheNos()
    {
        State(_client, 100, "location");
        Say(_client, 90, Answer.Reject);
        foreach (StoredTrustChange step in _client.Profile.TrustHistory.All)
        {
            step.Categories = 0;
        }

        _client.Expire(_grid.Turn, Rules("contact"));
        Assert.Equal(2, _client.Profile.TrustHistory.All.Count);
        _client.Expire(_grid.Turn, Rules("location"));

        Assert.Equal("Inferred Rejected -90", Steps());
    }

    /// <summary>The link is young; what it was about is not.</summary>
    [Fact]
    public void Expire_LinksStepToANo_GoesWithTheWordThatItIsAbout()
    {
        ClientActor cookie = TenantWorld.NewClient("cookie");
        State(cookie, 100, "location");
        State(_client, 95, "location");
        Say(_client, 90, Answer.Reject);
        _grid.NowMs = TenantWorld.Now - (5 * Day);
        _client.Link(_grid.Turn, cookie);
        _grid.NowMs = TenantWorld.Now;
        Assert.EndsWith("Declared Rejected -5", Steps());

        _client.Expire(_grid.Turn, Rules("location"));

        Assert.Equal("Inferred Rejected -90", Steps());
    }

    [Fact]
    public void Expire_LinksStepToANoToAnInterest_GoesWithTheWordAndLeavesTheNoAsItWas()
    {
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.NowMs = TenantWorld.Now - (100 * Day);
        _grid.Confirm(cookie, "golf", isTrue: true);
        _grid.NowMs = TenantWorld.Now - (90 * Day);
        _grid.View(_client, "golf");
        _grid.Confirm(_client, "golf", isTrue: false);
        StoredTrustChange no = Assert.Single(_client.Profile.TrustHistory.All).Clone();
        _client.Link(_grid.Turn, cookie);
        _grid.NowMs = TenantWorld.Now;
        Assert.Equal(3, _client.Profile.TrustHistory.All.Count);

        _client.Expire(_grid.Turn, Rules("declared"));

        Assert.Equal(no, Assert.Single(_client.Profile.TrustHistory.All));
    }

    private static RetentionRules Rules(string category) => new() { Categories = new Dictionary<string, TimeSpan> { [category] = TimeSpan.FromDays(30) } };

    private void State(ClientActor client, int daysAgo, string category)
    {
        _grid.NowMs = TenantWorld.Now - (daysAgo * Day);
        _grid.Record(client, new FootprintEvent { Type = "declare", Source = "form", Traits = { new TraitValue { Name = "city", Value = "Lyon", Category = category } } });
        _grid.NowMs = TenantWorld.Now;
    }

    private void Say(ClientActor client, int daysAgo, Answer answer, string value = "")
    {
        _grid.NowMs = TenantWorld.Now - (daysAgo * Day);
        client.ConfirmInterest(_grid.Turn, new ConfirmInterestRequest { Trait = "city", Value = value, Answer = answer }, new());
        _grid.NowMs = TenantWorld.Now;
    }

    private string Steps() => string.Join(", ", _client.Profile.TrustHistory.All.Select(s => $"{s.From} {s.To} {(s.TimeMs - TenantWorld.Now) / Day}"));
}
