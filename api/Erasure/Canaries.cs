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

    public async Task PlantAsync(IClientEngine engine, CallContext call)
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
