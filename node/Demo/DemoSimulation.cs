using System.Runtime.CompilerServices;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Node.Demo;

/// <summary>Loads the catalog, lets the visitors act on what they are shown and on their own, and tells how it went.</summary>
/// <param name="seed">The same seed makes the same visitors.</param>
internal sealed class DemoSimulation(IClientEngine clients, IDefinitionsEngine definitions, TimeProvider time, int seed)
{
    private const string Placement = "demo-front-page";
    private const int PicksPerVisit = 5;
    private const int BrowsedPerVisit = 2;

    // One visitor takes up something new after so many rounds, so that picks are seen to follow.
    private const int RoundOfChange = 24;

    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly IReadOnlyList<DemoVisitor> _visitors = DemoVisitor.All();
    private readonly Dictionary<string, IReadOnlyList<string>> _shown = [];
    private IReadOnlyDictionary<string, Item> _items = new Dictionary<string, Item>();
    private long _events;
    private long _picks;

    /// <summary>A frame per round, the first before anybody acted; ends when told to or after <paramref name="length"/>.</summary>
    public async IAsyncEnumerable<DemoFrame> RunAsync(
        TimeSpan length, TimeSpan pause, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await LoadAsync(stop);
        var began = time.GetTimestamp();
        for (var round = 0; ; round++)
        {
            var news = round == 1 ? "Profiles form from what visitors click and find; picks follow." : null;
            if (round == RoundOfChange)
            {
                _visitors[0].TakeUp("pottery");
                news = $"{_visitors[0].Name} has taken up pottery.";
            }

            var rows = new List<DemoRow>(_visitors.Count);
            foreach (var visitor in _visitors)
            {
                rows.Add(await VisitAsync(visitor, acts: round > 0, stop));
            }

            yield return new DemoFrame(time.GetElapsedTime(began), _events, _picks, rows, news);
            if (time.GetElapsedTime(began) + pause >= length)
            {
                yield break;
            }

            await Task.Delay(pause, time, stop);
        }
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var items = DemoCatalog.Items(time.GetUtcNow());
        _items = items.ToDictionary(item => item.ItemId);
        await definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { items } }, Call(stop));
    }

    private async Task<DemoRow> VisitAsync(DemoVisitor visitor, bool acts, CancellationToken stop)
    {
        var request = new PickContentRequest { ClientId = visitor.ClientId, Placement = Placement, Count = PicksPerVisit };
        var response = await clients.PickContentAsync(request, Call(stop));
        var decision = response.DecisionId;
        var picks = response.Picks.Select(pick => (Item: _items[pick.ItemId], pick.MatchPercent)).ToList();
        clients.Release(response);
        _picks += picks.Count;
        if (acts)
        {
            await ActAsync(visitor, decision, [.. picks.Select(pick => pick.Item)], stop);
        }

        var interests = await InterestsAsync(visitor, stop);
        var before = _shown.GetValueOrDefault(visitor.Name, []);
        _shown[visitor.Name] = [.. picks.Select(pick => pick.Item.ItemId)];
        return new DemoRow(
            visitor.Name,
            $"{visitor.FirstTaste}, {visitor.SecondTaste}",
            [.. interests.Take(3).Select(interest => (interest.Topic, interest.Affinity))],
            [.. picks.Select(pick => (pick.Item.Title, pick.MatchPercent))],
            [.. picks.Where(pick => before.Count > 0 && !before.Contains(pick.Item.ItemId)).Select(pick => pick.Item.Title)],
            picks.Count(pick => visitor.Likes(pick.Item)));
    }

    private async Task<IReadOnlyList<Interest>> InterestsAsync(DemoVisitor visitor, CancellationToken stop)
    {
        try
        {
            var profile = await clients.GetProfileAsync(new GetProfileRequest { ClientId = visitor.ClientId }, Call(stop));
            return profile.Interests;
        }
        catch (GridException e) when (e.Code == Code.NotFound)
        {
            // Nobody acted yet, so nothing is kept.
            return [];
        }
    }

    private async Task ActAsync(DemoVisitor visitor, string decision, IReadOnlyList<Item> shown, CancellationToken stop)
    {
        var outcomes = new ReportOutcomesRequest { Ack = RecordRequest.Types.Ack.Applied };
        outcomes.Outcomes.AddRange(shown.Select(item => new Outcome
        {
            DecisionId = decision,
            ClientId = visitor.ClientId,
            ItemId = item.ItemId,
            Kind = visitor.WouldClick(item, _random) ? Outcome.Types.Kind.Click : Outcome.Types.Kind.Impression,
        }));
        var record = new RecordRequest { Ack = RecordRequest.Types.Ack.Applied };
        record.Events.AddRange(Enumerable.Range(0, BrowsedPerVisit)
            .Select(_ => Event(visitor, _random.NextDouble() < 0.2 ? "like" : "view", visitor.Browse([.. _items.Values], _random))));
        await clients.ReportOutcomesAsync(outcomes, Call(stop));
        var recorded = await clients.RecordAsync(record, Call(stop));
        if (recorded.Results.FirstOrDefault(result => result.Status == RecordResult.Types.Status.Rejected) is { } refused)
        {
            throw new InvalidOperationException($"A demo event was refused: {refused.Error.Message}");
        }

        _events += record.Events.Count + outcomes.Outcomes.Count;
    }

    private static FootprintEvent Event(DemoVisitor visitor, string type, Item item) => new()
    {
        ClientId = visitor.ClientId,
        Type = type,
        ItemId = item.ItemId,
        Channel = FootprintEvent.Types.Channel.Web,
    };

    private CallContext Call(CancellationToken stop) => new("default", time.GetUtcNow() + _callTimeout, stop);
}
