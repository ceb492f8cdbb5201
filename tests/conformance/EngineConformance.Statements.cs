using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Statements_OfOneTrait_AreSeenAndAnsweredEachAcrossAKill()
    {
        await StoreAsync(Stating("c1", "e1", "Bilbao", "contact", 3), Stating("c1", "e2", "Hue", "location", 2), Stating("c1", "e3", "Lyon", "demographics", 4, active: true));

        Assert.Equal("Lyon DECLARED; Hue INFERRED, Bilbao INFERRED", Statements(await ProfileAsync("c1")));
        await AnswerAsync("c1", "Lyon", ConfirmInterestRequest.Types.Answer.Reject);
        await AnswerAsync("c1", "Bilbao", ConfirmInterestRequest.Types.Answer.Confirm);
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal("Bilbao CONFIRMED; Hue INFERRED, Bilbao INFERRED, Lyon REJECTED", Statements(await ProfileAsync("c1")));
        GridException unknown = await Assert.ThrowsAsync<GridException>(() => AnswerAsync("c1", "Lyon", ConfirmInterestRequest.Types.Answer.Confirm));
        Assert.Equal(Google.Rpc.Code.NotFound, unknown.Code);
    }

    /// <summary>By the type of its act a trait would tell of a purchase.</summary>
    [ToolFact]
    public async Task Statement_MadeByAPurchase_DoesNotTellARecipientThatMayNotUsePurchases()
    {
        FootprintEvent purchase = Stating("buyer", "e1", "Hue", "location", minutesAgo: 1);
        purchase.Type = "purchase";
        await StoreAsync(purchase);

        Assert.Equal("purchase", await SourceAsync("partner"));
        var denied = new Consent { Purpose = "sharing", Category = "purchases", Recipient = "partner", Decision = Decision.Deny };
        await Clients.SetConsentsAsync(new SetConsentsRequest { ClientId = "buyer", Consents = { denied } }, Call()).Within("said");
        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal("", await SourceAsync("partner"));
        Assert.Equal("purchase", await SourceAsync(""));
    }

    private static FootprintEvent Stating(string client, string id, string city, string category, double minutesAgo, bool active = false)
    {
        FootprintEvent e = Event(client, id, minutesAgo: minutesAgo);
        e.Kind = active ? FootprintEvent.Types.Kind.Active : FootprintEvent.Types.Kind.Passive;
        e.Traits.Add(new TraitValue { Name = "city", Value = city, Category = category });
        return e;
    }

    private static string Statements(Profile profile)
    {
        string Said(IEnumerable<Trait> traits) => string.Join(", ", traits.Select(t => $"{t.Value} {t.Trust.ToString().ToUpperInvariant()}"));
        Assert.All(profile.OtherStatements, t => Assert.True(t.Trust == Trust.Rejected || t.Source == "view"));
        return $"{Said(profile.Traits)}; {Said(profile.OtherStatements)}";
    }

    private Task AnswerAsync(string client, string city, ConfirmInterestRequest.Types.Answer answer) => Clients.ConfirmInterestAsync(
        new ConfirmInterestRequest { ClientId = client, Trait = "city", Value = city, Answer = answer }, Call()).Within("answered");

    private async Task<string> SourceAsync(string recipient) => Assert.Single((await Clients.GetProfileAsync(
        new GetProfileRequest { ClientId = "buyer", Recipient = recipient }, Call()).Within("the profile is read")).Traits).Source;
}
