using Footprint.Grid.Conformance.Operations;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private const string Canary = "canary";
    private const string Bare = "said-the-same-and-did-nothing";
    private const string OwnPurpose = "loyalty";
    private const string Unspoken = "never-spoken-of";
    private static readonly string[] _purposes =
        [Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Measurement, Purposes.Sharing, OwnPurpose];

    /// <summary>
    /// Facts are planted that can be told by their text, and then every purpose is denied. Kept for one recipient under a purpose
    /// of the tenant's own, they are still there, so that only the gates stand between them and whoever asks; kept for nobody,
    /// they are gone. Not asked is the client's own view, which its scope keeps.
    /// </summary>
    [ToolTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operations_AllOfThemWithConsentWithdrawn_GiveNothingOfTheClient(bool isKeptForSomebody)
    {
        OperationWalk walk = OperationWalk.Over(Clients, Definitions, Harness.Reports, Harness.Health);
        foreach (string name in walk.Names.Where(n => n.StartsWith("Definitions.Upsert", StringComparison.Ordinal)))
        {
            await walk.AskAsync(name, OperationCases.Find(name)!.Request(""), Call());
        }

        await WithdrawAsync(Bare, isKeptForSomebody);
        foreach (string name in walk.Names)
        {
            Assert.True(OperationCases.Find(name) is not null, $"{name} is not classified");
            string client = "withdrawn-" + name;
            await PlantAsync(client, isKeptForSomebody);
            foreach (IMessage request in Attempts(OperationCases.Find(name)!.Request(client)))
            {
                IMessage answer = await walk.AskAsync(name, request, Call());
                Assert.False(answer.ToString()!.Contains(Canary, StringComparison.Ordinal), $"{name} with {request} gave {answer}");
                await AssertDecidedAsForTheBareOneAsync(walk, name, request, answer);
            }
        }
    }

    [ToolFact]
    public async Task Consents_BehaviourWithdrawn_WhatWasShownGoesAndNothingCappedIsShown()
    {
        var cap = new FrequencyCap { Count = 5, Window = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)) };
        var campaigns = new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "capped", Bid = 1, FrequencyCaps = { cap } }, new Campaign { CampaignId = "plain", Bid = 1 } } };
        await Definitions.UpsertCampaignsAsync(campaigns, Call()).Within("defined");
        await StoreAsync(Event("c1", "e1"));
        var request = new TargetAdsRequest { ClientId = "c1", Placement = "top", Count = 2 };
        Assert.Equal(2, (await Clients.TargetAdsAsync(request, Call()).Within("answered")).Picks.Count);
        Assert.Contains("capped", await OwnViewAsync("c1"), StringComparison.Ordinal);

        var denied = new SetConsentsRequest { ClientId = "c1" };
        denied.Consents.Add(_purposes.Select(purpose => new Consent { Purpose = purpose, Category = "behaviour", Decision = Decision.Deny }));
        await Clients.SetConsentsAsync(denied, Call()).Within("consent is withdrawn");

        Assert.Equal("plain", Assert.Single((await Clients.TargetAdsAsync(request, Call()).Within("answered")).Picks).CampaignId);
        await Harness.KillAsync().Within("the engine comes back");
        ExportResponse left = await Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("answered");
        Assert.Empty(left.Impressions);
    }

    // What is decided follows from the rules alone: of a client of the same rules, and without any fact, it is decided likewise.
    private async Task AssertDecidedAsForTheBareOneAsync(OperationWalk walk, string name, IMessage request, IMessage answer)
    {
        if (answer is PickContentResponse or TargetAdsResponse)
        {
            IMessage bare = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
            bare.Descriptor.FindFieldByName("client_id").Accessor.SetValue(bare, Bare);
            IMessage expected = await walk.AskAsync(name, bare, Call());
            Assert.Equal(Shown(expected), Shown(answer));
            Assert.Equal(false, answer.Descriptor.FindFieldByName("personalized").Accessor.GetValue(answer));
        }
    }

    private static string Shown(IMessage answer) => answer switch
    {
        PickContentResponse picked => picked.Picks.ToString(),
        TargetAdsResponse targeted => $"{targeted.Picks} {targeted.Refusals}",
        _ => "",
    };

    // With every recipient and purpose that it can name, save none for who would get the client's own view.
    private static IEnumerable<IMessage> Attempts(IMessage request)
    {
        FieldDescriptor? recipient = OperationWalk.Recipient(request);
        FieldDescriptor? purpose = request.Descriptor.FindFieldByName("purpose");
        string[] recipients = recipient is null ? [""] : request is GetProfileRequest or ExportRequest ? ["self", Partner, "*"] : ["", "self", Partner, "*"];
        string[] purposes = purpose is null ? [""] : ["", .. _purposes, Unspoken];
        foreach ((string to, string why) in recipients.SelectMany(to => purposes.Select(why => (to, why))))
        {
            IMessage attempt = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
            recipient?.Accessor.SetValue(attempt, to);
            purpose?.Accessor.SetValue(attempt, why);
            yield return attempt;
        }
    }

    private async Task PlantAsync(string client, bool isKeptForSomebody)
    {
        FootprintEvent viewed = Event(client, "e1", Canary + "-viewed", item: Canary + "-item");
        viewed.Source = Canary + "-till";
        string[] categories = ["location", "demographics", "contact", "declared", "purchases", "behaviour", "inferred"];
        viewed.Traits.Add(categories.Select(c => new TraitValue { Name = $"{Canary}-{c}", Value = $"{Canary} {c}", Category = c }));
        FootprintEvent bought = Event(client, "e2", Canary + "-bought", "purchase", Canary + "-thing");
        bought.Value = new Value { Amount = 7, Currency = "EUR" };
        await ApplyAsync(viewed, bought, Event(client, "e3", Canary + "-liked", "like"), Event(client, "e4", type: Canary + "-type"));
        await Clients.ConfirmInterestAsync(
            new ConfirmInterestRequest { ClientId = client, Topic = Canary + "-viewed", Answer = ConfirmInterestRequest.Types.Answer.Confirm }, Call())
            .Within("the interest is confirmed");
        Assert.Contains(Canary, await OwnViewAsync(client), StringComparison.Ordinal);
        await WithdrawAsync(client, isKeptForSomebody);
        Assert.Equal(isKeptForSomebody, (await OwnViewAsync(client)).Contains(Canary, StringComparison.Ordinal));
        var keeper = new GetProfileRequest { ClientId = client, Recipient = "keeper", Purpose = OwnPurpose };
        string handed = (await Clients.GetProfileAsync(keeper, Call()).Within("the one who may have it is answered")).ToString();
        Assert.Equal(isKeptForSomebody, handed.Contains(Canary, StringComparison.Ordinal));
    }

    private async Task WithdrawAsync(string client, bool isKeptForSomebody)
    {
        var withdrawn = new SetConsentsRequest { ClientId = client };
        withdrawn.Consents.Add(_purposes.Select(purpose => new Consent { Purpose = purpose, Decision = Decision.Deny }));
        if (isKeptForSomebody)
        {
            withdrawn.Consents.Add(new Consent { Purpose = OwnPurpose, Recipient = "keeper", Decision = Decision.Allow });
            withdrawn.Consents.Add(new Consent { Purpose = Purposes.Sharing, Recipient = "keeper", Decision = Decision.Allow });
        }

        await Clients.SetConsentsAsync(withdrawn, Call()).Within("consent is withdrawn");
    }

    private async Task<string> OwnViewAsync(string client) =>
        (await Clients.ExportAsync(new ExportRequest { ClientId = client }, Call()).Within("the client's own view is read")).ToString();
}
