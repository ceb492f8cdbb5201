using System.Security.Cryptography;
using System.Text;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Erasure;

/// <summary>Texts that are nowhere else in the world, planted wherever a client can leave a text.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Where each was planted, by what it stands in.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    public string ClientId => Text("client id");

    /// <exception cref="InvalidOperationException">Some are not in the client's own export, so they are not planted.</exception>
    public async Task PlantAsync(IClientEngine engine, IDefinitionsEngine definitions, CallContext call)
    {
        var anonymous = Text("linked id");

        // What acts teach is added up over all clients and stays: this one does not teach.
        await DenyAsync(engine, call, anonymous, new Consent { Purpose = "analytics" });
        await DenyAsync(engine, call, ClientId, new Consent { Purpose = "analytics" });
        await RecordAsync(engine, call, anonymous, "linked id's topic", "linked id's item");
        await RecordAsync(engine, call, ClientId, "topic", "item");
        await engine.LinkAsync(new LinkRequest { ClientId = ClientId, AnonymousId = anonymous }, call);
        await engine.ConfirmInterestAsync(
            new ConfirmInterestRequest { ClientId = ClientId, Topic = Text("rejected topic"), Answer = ConfirmInterestRequest.Types.Answer.Reject }, call);
        var sharing = new Consent
        {
            Purpose = "sharing",
            Recipient = Text("consent's recipient"),
            Source = Text("consent's source"),
            TextVersion = Text("consent's text"),
        };
        await DenyAsync(engine, call, ClientId, sharing);
        await ShowAsync(engine, definitions, call);
        await HandOutAsync(engine, call);

        var known = (await engine.ExportAsync(new ExportRequest { ClientId = ClientId }, call)).ToString();
        var missing = _texts.Where(text => !known.Contains(text.Value, StringComparison.Ordinal)).Select(text => text.Key).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"Not planted: {string.Join(", ", missing)}.");
        }
    }

    /// <summary>
    /// Lets the client do something that plants nothing: what it was shown is in memory until the profile is next written,
    /// and it is written by and by when there is something to write.
    /// </summary>
    public async Task ActAsync(IClientEngine engine, CallContext call)
    {
        var act = new FootprintEvent { ClientId = ClientId, Type = "view" };
        await engine.RecordAsync(new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { act } }, call);
    }

    /// <summary>Those whose bytes are somewhere in there.</summary>
    public IEnumerable<string> FindIn(IEnumerable<byte[]> contents)
    {
        var all = contents.ToList();
        return _texts.Where(text => all.Exists(bytes => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text.Value)) >= 0)).Select(text => text.Key);
    }

    private static Task<SetConsentsResponse> DenyAsync(IClientEngine engine, CallContext call, string client, Consent consent)
    {
        consent.Decision = Consent.Types.Decision.Deny;
        return engine.SetConsentsAsync(new SetConsentsRequest { ClientId = client, Consents = { consent } }, call).AsTask();
    }

    // Names of definitions would stay when the client goes. So placements are not defined, line items come with their request,
    // and the probe is deleted again once it was shown: from then on only the client holds its texts.
    private async Task ShowAsync(IClientEngine engine, IDefinitionsEngine definitions, CallContext call)
    {
        const string Item = "proof-item", Asking = "proof-placement";
        await definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { new Item { ItemId = Item, Topics = { new TopicWeight { Topic = "proof", Weight = 1 } } } } }, call);
        var probe = new Probe
        {
            ProbeId = Text("probe's id"),
            Topics = { Text("topic") },
            Placements = { Asking },
            LeastEvidence = 0.01,
            Purposes = { Text("probe's purpose") },
            TextVersion = Text("probe's text"),
            Texts = { new ProbeText { Language = "en", Question = "Do you follow this?" } },
        };
        await definitions.UpsertProbesAsync(new UpsertProbesRequest { Probes = { probe } }, call);
        foreach (var placement in new[] { Asking, Text("impression's placement") })
        {
            var picks = await engine.PickContentAsync(new PickContentRequest { ClientId = ClientId, Placement = placement, Candidates = { Item } }, call);
            engine.Release(picks);
        }

        await definitions.DeleteProbeAsync(new DeleteProbeRequest { ProbeId = probe.ProbeId }, call);
        var ads = new TargetAdsRequest
        {
            ClientId = ClientId,
            Placement = Text("ad's placement"),
            LineItems = { new LineItem { LineItemId = Text("ad's line item"), Bid = 1 } },
        };
        await engine.TargetAdsAsync(ads, call);
    }

    private async Task HandOutAsync(IClientEngine engine, CallContext call)
    {
        var recipient = Text("disclosure's recipient");
        await engine.GetProfileAsync(new GetProfileRequest { ClientId = ClientId, Recipient = recipient }, call);
        await engine.ExportAsync(new ExportRequest { ClientId = ClientId, Recipient = recipient, Purpose = Text("disclosure's purpose") }, call);
    }

    private async Task RecordAsync(IClientEngine engine, CallContext call, string client, string topic, string item)
    {
        var act = new FootprintEvent
        {
            ClientId = client,
            Type = Text($"{item}'s event type"),
            ItemId = Text(item),
            Kind = FootprintEvent.Types.Kind.Active,
            Topics = { new TopicWeight { Topic = Text(topic), Weight = 1 } },
            Traits = { new TraitValue { Name = Text($"{item}'s trait"), Value = Text($"{item}'s trait value"), Category = "demographics" } },
        };
        await engine.RecordAsync(new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { act } }, call);
    }

    private string Text(string place)
    {
        if (!_texts.TryGetValue(place, out var text))
        {
            _texts[place] = text = "canary-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        }

        return text;
    }
}
