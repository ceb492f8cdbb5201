using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private CallContext Signalled => Call() with { HasPrivacySignal = true };

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_WithPrivacySignal_DeniesSharingAndAdvertising(bool isColdStart)
    {
        await StoreAsync(Event("signalling", "e1"));
        if (isColdStart)
        {
            await Harness.RestartAsync().Within("the engine comes back");
        }

        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("signalling", "e2"), Event("fresh", "e1")), Signalled).Within("recorded");

        foreach (string client in new[] { "signalling", "fresh" })
        {
            Assert.Equal([Purposes.Advertising, Purposes.Sharing], await DeniedAsync(client));
        }
    }

    [ToolFact]
    public async Task TargetAds_WithPrivacySignal_UsesNoProfileFromThenOn()
    {
        await ApplyAsync(Event("browser", "e1"));
        var request = new TargetAdsRequest { ClientId = "browser", Placement = "top" };

        Assert.True((await Clients.TargetAdsAsync(request, Call()).Within("answered")).Personalized);
        Assert.False((await Clients.TargetAdsAsync(request, Signalled).Within("answered")).Personalized);
        Assert.False((await Clients.TargetAdsAsync(request, Call()).Within("answered")).Personalized);
    }

    [ToolFact]
    public async Task PickContent_WithPrivacySignal_OfAStrangerKeepsNothing()
    {
        var request = new PickContentRequest { ClientId = "stranger", Placement = "home" };
        Clients.Release(await Clients.PickContentAsync(request, Signalled).Within("answered"));

        await ThrowsAsync(Google.Rpc.Code.NotFound, () => ProfileAsync("stranger"));
    }

    /// <summary>What a cap counts is the first thing that is kept of a stranger, and the signal comes with it.</summary>
    [ToolFact]
    public async Task PickContent_WithPrivacySignalOfAStrangerWhereCapsCount_HoldsFromThenOn()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        await DefinePlacementAsync(new Placement { PlacementId = "capped", ItemCaps = { new FrequencyCap { Count = 9, Window = Duration.FromTimeSpan(TimeSpan.FromDays(1)) } } });
        PickContentResponse picks = await Clients.PickContentAsync(new PickContentRequest { ClientId = "passer-by", Placement = "capped" }, Signalled).Within("answered");
        Assert.NotEmpty(picks.Picks);
        Clients.Release(picks);

        var ads = await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "passer-by", Placement = "top" }, Call()).Within("answered");

        Assert.Equal(Fallback.Types.Reason.NoConsent, ads.Fallback);
        Assert.Equal([Purposes.Advertising, Purposes.Sharing], await DeniedAsync("passer-by"));
    }

    [ToolFact]
    public async Task SetConsents_AfterThePrivacySignal_HoldsThoughItGoesOn()
    {
        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Applied, Event("decided", "e1")), Signalled).Within("recorded");
        await ConsentAsync("decided", Purposes.Advertising, Decision.Allow);

        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Applied, Event("decided", "e2")), Signalled).Within("recorded");

        Assert.Equal([Purposes.Sharing], await DeniedAsync("decided"));
    }

    [ToolFact]
    public async Task TargetAds_WithPrivacySignalOfAStranger_WithholdsEverything()
    {
        foreach (string client in new[] { "unknown", "" })
        {
            var answer = await Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = client, Placement = "top" }, Signalled).Within("answered");

            Assert.Equal(Fallback.Types.Reason.NoConsent, answer.Fallback);
            Assert.Equal(7, answer.Withheld.Count);
        }

        await ThrowsAsync(Google.Rpc.Code.NotFound, () => ProfileAsync("unknown"));
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TargetAds_BroadDenialAfterANarrowAllowance_IsForNobodyFromThatVeryRequestOn(bool bySignal)
    {
        await StoreAsync(Event("sold", "e1"));
        await SayAsync("sold", new SetConsentsRequest { Consents = { Rule(Decision.Deny, "*"), Rule(Decision.Allow, "acme", ageMs: 60_000) } });
        var request = new TargetAdsRequest { ClientId = "sold", Placement = "top", Recipient = "acme" };
        Assert.True((await Clients.TargetAdsAsync(request, Call()).Within("answered")).Personalized);
        if (!bySignal)
        {
            await SayAsync("sold", new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny, "*") } });
        }

        Assert.False((await Clients.TargetAdsAsync(request, bySignal ? Signalled : Call()).Within("answered")).Personalized);

        await SayAsync("sold", new SetConsentsRequest { Consents = { Rule(Decision.Allow, "acme", ageMs: 60_000) } });
        await Harness.RestartAsync().Within("the engine comes back");
        Assert.False((await Clients.TargetAdsAsync(request, Call()).Within("answered")).Personalized);
    }

    [ToolFact]
    public async Task SetConsents_DatedFarAhead_IsRefused()
    {
        var request = new SetConsentsRequest { ClientId = "ahead", Consents = { Rule(Decision.Allow, "*", ageMs: -6 * 60_000) } };

        GridException refused = await ThrowsAsync(Google.Rpc.Code.InvalidArgument, () => Clients.SetConsentsAsync(request, Call()).AsTask());

        Assert.Equal("consents[0].time", refused.Faults[0].Field);
    }

    private static V1.Consent Rule(Decision decision, string recipient, long ageMs = 0) => new()
    {
        Purpose = Purposes.Advertising,
        Recipient = recipient,
        Decision = decision,
        Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMilliseconds(-ageMs)),
    };

    private async Task SayAsync(string client, SetConsentsRequest request)
    {
        request.ClientId = client;
        await Clients.SetConsentsAsync(request, Call()).Within("said");
    }

    private async Task<IEnumerable<string>> DeniedAsync(string client) => (await ProfileAsync(client)).Consents
        .Where(c => c is { Decision: Decision.Deny, Category: "*", Recipient: "*", Source: "gpc" }).Select(c => c.Purpose).Order();
}
