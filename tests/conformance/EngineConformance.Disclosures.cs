using Footprint.Grid.Conformance.Operations;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Footprint.Grid.V1.Disclosure.Types.Kind;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private const string Partner = "acme";

    [ToolFact]
    public async Task Operations_AllOfThem_PutOnRecordWhatTheyDiscloseAndNothingElse() =>
        Assert.Empty(await AuditAsync(OperationWalk.Over(Clients, Definitions, Harness.Reports, Harness.Health)));

    [ToolTheory]
    [InlineData("Decisions.PickContent")]
    [InlineData("Decisions.TargetAds")]
    [InlineData("Profiles.GetProfile")]
    [InlineData("Profiles.Export")]
    public async Task Operations_OneThatForgetsItsEntry_IsFoundOut(string name)
    {
        IClientEngine mutant = ForgetfulEngine.Of(Clients, name.Split('.')[1]);

        IReadOnlyList<string> faults = await AuditAsync(OperationWalk.Over(mutant, Definitions, Harness.Reports, Harness.Health));

        Assert.Equal([$"{name} left [] on record"], faults);
    }

    [ToolTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disclosures_AfterTheEngineComesBack_AreStillOnRecord(bool isKilled)
    {
        await StoreAsync(Event("told", "e1"));
        await PickForAsync("told", Partner);
        await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "told", Placement = "top", Recipient = Partner }, Call()).Within("answered");
        await Clients.GetProfileAsync(new GetProfileRequest { ClientId = "told", Recipient = Partner }, Call()).Within("answered");
        await Clients.ExportAsync(new ExportRequest { ClientId = "told", Recipient = Partner }, Call()).Within("answered");

        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");

        Profile own = await ProfileAsync("told");
        Assert.Equal([Kind.ContentPicks, Kind.Ads, Kind.Profile, Kind.Export], own.Disclosures.Select(d => d.Kind).Order());
        Assert.All(own.Disclosures, d => Assert.Equal((Partner, 1UL), (d.Recipient, d.Count)));
    }

    [ToolFact]
    public async Task Disclosures_ManyOnADay_AreAllCountedAfterARestart()
    {
        await StoreAsync(Event("told", "e1"));
        for (int i = 0; i < 11; i++)
        {
            await PickForAsync("told", Partner);
        }

        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal(11UL, Assert.Single((await ProfileAsync("told")).Disclosures).Count);
    }

    /// <summary>An answer that is nobody's in particular can still be made from what was shown: an ad that was seen often enough is missing.</summary>
    [ToolFact]
    public async Task Disclosures_OfAnswersThatAreNotPersonal_AreAllCountedAfterARestart()
    {
        var cap = new FrequencyCap { Count = 1, Window = Duration.FromTimeSpan(TimeSpan.FromHours(1)) };
        await Definitions.UpsertCampaignsAsync(
            new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "seen-once", Bid = 1, FrequencyCaps = { cap } } } }, Call()).Within("defined");
        await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "told", Placement = "top" }, Call()).Within("answered");
        var request = new TargetAdsRequest { ClientId = "told", Placement = "top", Recipient = Partner };
        for (int i = 0; i < 3; i++)
        {
            // Each time from a checkpoint that has all that was journalled.
            await Harness.RestartAsync().Within("the engine comes back");
            TargetAdsResponse answer = await Clients.TargetAdsAsync(request, Call()).Within("answered");
            Assert.Equal((false, 0), (answer.Personalized, answer.Picks.Count));
        }

        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal(3UL, Assert.Single((await ProfileAsync("told")).Disclosures).Count);
    }

    [ToolFact]
    public async Task Disclosures_OfALinkedId_AreTheKnownClientsAndGoWithIt()
    {
        await StoreAsync(Event("cookie", "e1"));
        await PickForAsync("cookie", Partner);
        await LinkAsync("known", "cookie");

        Assert.Equal(Partner, Assert.Single((await ProfileAsync("known")).Disclosures).Recipient);

        await EraseAsync("known");
        Assert.Empty((await ProfileAsync("known")).Disclosures);
    }

    [ToolFact]
    public async Task Recipient_AskingByALinkedId_LearnsNothingOfWhoseItIsOrWhatOthersShowed()
    {
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "rival", Bid = 1 } } }, Call()).Within("defined");
        await StoreAsync(Event("known", "e1"));
        await LinkAsync("known", "cookie");
        await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "cookie", Placement = "top" }, Call()).Within("answered");

        Profile seen = await Clients.GetProfileAsync(new GetProfileRequest { ClientId = "cookie", Recipient = Partner }, Call()).Within("answered");
        ExportResponse taken = await Clients.ExportAsync(new ExportRequest { ClientId = "cookie", Recipient = Partner }, Call()).Within("answered");

        Assert.Equal(("cookie", "cookie"), (seen.ClientId, taken.Profile.ClientId));
        Assert.NotEmpty(seen.Interests);
        Assert.All(new[] { seen.ToString(), taken.ToString() }, answer => Assert.DoesNotContain("known", answer, StringComparison.Ordinal));
        Assert.DoesNotContain("rival", taken.ToString(), StringComparison.Ordinal);
        ExportResponse own = await Clients.ExportAsync(new ExportRequest { ClientId = "known" }, Call()).Within("answered");
        Assert.Equal("rival", Assert.Single(own.Impressions).CampaignId);
    }

    /// <summary>What a recipient writes into its line items is about the id that it asks by, and about what it may have, one purpose denied at a time.</summary>
    [ToolFact]
    public async Task Recipient_WritingConditionsOnALinkedId_LearnsNothingOfTheKnownOneNorWhatIsWithheld()
    {
        string[] conditions = ["""{"clientId":{"$regex":"^known-"}}""", """{"clientId":{"$gt":"k"}}""", """{"clientId":{"$regex":"^cookie-"}}""", """{"counters.view.total":{"$gte":1}}"""];
        foreach (string purpose in _purposes)
        {
            (string known, string cookie) = ("known-" + purpose, "cookie-" + purpose);
            await ApplyAsync(Event(known, "e1"));
            await LinkAsync(known, cookie);
            await ConsentAsync(known, purpose, Consent.Types.Decision.Deny);
            var request = new TargetAdsRequest { ClientId = cookie, Placement = "top", Count = 9, Recipient = Partner };
            request.LineItems.Add(conditions.Select((c, i) => new LineItem { LineItemId = $"line-{i}", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(c) }));

            TargetAdsResponse ads = await Clients.TargetAdsAsync(request, Call()).Within("answered");

            bool isDenied = purpose == Core.Consent.Purposes.Advertising;
            Assert.Equal(isDenied ? [] : ["line-2", "line-3"], ads.Picks.Select(p => p.LineItemId).Order());
            Assert.Equal(isDenied ? [] : [Kind.Ads], (await ProfileAsync(known)).Disclosures.Select(d => d.Kind));
        }
    }

    [ToolFact]
    public async Task Disclosures_WhenTheStoreIsDown_NothingOfAProfileLeaves()
    {
        await StoreAsync(Event("told", "e1"));
        Harness.SetStoreDown(true);

        var request = new GetProfileRequest { ClientId = "told", Recipient = Partner };
        await ThrowsAsync(Google.Rpc.Code.Unavailable, () => Clients.GetProfileAsync(request, Call(seconds: 1)).Within("answered"));

        Harness.SetStoreDown(false);
    }

    // Calls every operation for a client of its own, with a recipient where it takes one, and looks at what the client can see of it.
    private async Task<IReadOnlyList<string>> AuditAsync(OperationWalk walk)
    {
        var faults = new List<string>();
        foreach (string name in walk.Names)
        {
            string client = "audited-" + name;
            await ApplyAsync(Event(client, "e1"));
            if (OperationCases.Find(name) is not { } known)
            {
                faults.Add($"{name} is not classified");
                continue;
            }

            IMessage request = known.Request(client);
            if (OperationWalk.Recipient(request) is null != known.Discloses is null)
            {
                faults.Add($"{name} is classified otherwise than its request says");
                continue;
            }

            OperationWalk.Recipient(request)?.Accessor.SetValue(request, Partner);
            await walk.AskAsync(name, request, Call());
            var entries = (await ProfileAsync(client)).Disclosures.Select(d => (d.Recipient, d.Kind, d.Count)).ToList();
            if (!entries.SequenceEqual(known.Discloses is { } kind ? [(Partner, kind, 1UL)] : []))
            {
                faults.Add($"{name} left [{string.Join(", ", entries)}] on record");
            }
        }

        return faults;
    }

    private async Task PickForAsync(string client, string recipient)
    {
        var request = new PickContentRequest { ClientId = client, Placement = "home", Recipient = recipient };
        Clients.Release(await Clients.PickContentAsync(request, Call()).Within("the pick is answered"));
    }
}
