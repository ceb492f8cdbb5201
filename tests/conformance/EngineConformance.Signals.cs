using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private static CallContext Signalled => Call() with { HasPrivacySignal = true };

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

    [ToolFact]
    public async Task SetConsents_AfterThePrivacySignal_HoldsThoughItGoesOn()
    {
        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Applied, Event("decided", "e1")), Signalled).Within("recorded");
        await ConsentAsync("decided", Purposes.Advertising, Decision.Allow);

        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Applied, Event("decided", "e2")), Signalled).Within("recorded");

        Assert.Equal([Purposes.Sharing], await DeniedAsync("decided"));
    }

    private async Task<IEnumerable<string>> DeniedAsync(string client) => (await ProfileAsync(client)).Consents
        .Where(c => c is { Decision: Decision.Deny, Category: "*", Recipient: "*", Source: "gpc" }).Select(c => c.Purpose).Order();
}
