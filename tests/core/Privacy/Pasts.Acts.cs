using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What both did, and what one alone.</summary>
internal sealed partial class Pasts
{
    private long Time() => _random.Next(4) switch
    {
        0 => NowMs,
        1 => NowMs + _random.NextInt64(EventIntake.MaxAheadMs),
        _ => NowMs - _random.NextInt64(40 * DayMs),
    };

    private FootprintEvent Event((string Type, DataCategories Categories) type, bool isOwn = false)
    {
        var e = new FootprintEvent
        {
            EventId = $"e{_number++}",
            ClientId = "twin",
            Type = type.Type,
            ItemId = _random.Next(2) == 0 ? $"i{_random.Next(12)}" : "",
            Time = TenantWorld.At(Time()),
            Channel = (FootprintEvent.Types.Channel)_random.Next(1, 7),
            Imported = _random.Next(4) == 0,
            Source = _random.Next(4) == 0 ? $"system{_random.Next(3)}" : "",
        };
        e.Value = type.Categories.HasFlag(DataCategories.Purchases) ? new Value { Amount = _random.Next(1, 500), Currency = "EUR" } : null;
        if (_random.Next(3) > 0)
        {
            e.Topics.Add(new TopicWeight { Topic = _topics[_random.Next(4)], Weight = _random.Next(1, 4) });
        }

        DataCategories[] common = [.. new[] { DataCategories.Location, DataCategories.Demographics, DataCategories.Contact }.Where(c => !Own.HasFlag(c))];
        if (common.Length > 0 && !isOwn && _random.Next(4) == 0)
        {
            e.Traits.Add(new TraitValue { Name = "own", Value = $"{_random.Next(5)}", Category = TwinWorld.Name(common[_random.Next(common.Length)]) });
        }

        return e;
    }

    // To each the question that it is due by all that is known of it, beside the same item.
    private void AskQuestion()
    {
        if (!Array.TrueForAll(Both, twin => twin.Profile.HasEvents))
        {
            return;
        }

        string item = $"untouched{_random.Next(TwinWorld.Untouched)}";
        string[] asked = Ask((twin, turn) =>
        {
            var response = new PickContentResponse();
            twin.PickContent(turn, new PickContentRequest { ClientId = "twin", Placement = "home", Count = 1, Candidates = { item } }, response);
            return response.Probe?.Topic ?? "nothing";
        });
        Note(isOwn: false, $"ask {asked[0]} and {asked[1]}");
    }

    private void Do((string Type, DataCategories Categories) type, bool isOwn)
    {
        FootprintEvent e = Event(type, isOwn);
        Note(isOwn, $"{e.Type} {e.Topics} {(e.Imported ? "imported " : "")}at {(TenantWorld.Now - EventIntake.TimeMs(e.Time)) / -DayMs}d");
        foreach (ClientActor twin in Those(isOwn))
        {
            Record(twin, e.Clone());
        }
    }

    // An act of such a category; or of both the same, of which one's is about a topic, or states a trait.
    private void DoOwn()
    {
        (string Type, DataCategories Categories)[] own = [.. _types.Where(t => (t.Categories & Own) != 0)];
        DataCategories[] stated = [.. new[] { DataCategories.Location, DataCategories.Demographics, DataCategories.Contact }.Where(c => Own.HasFlag(c))];
        int kind = _random.Next(3);
        if (kind == 0 && Own.HasFlag(DataCategories.Inferred))
        {
            FootprintEvent e = Event(_types[_random.Next(5)]);
            (e.ItemId, FootprintEvent without) = ("", e.Clone());
            (without.ItemId, e.Topics.Capacity) = ("", 1);
            without.Topics.Clear();
            e.Topics.Add(new TopicWeight { Topic = _topics[_random.Next(4)], Weight = 3 });
            Note(isOwn: true, $"topics {e.Topics} of {e.Type}");
            Record(Both[0], e);
            Record(Both[1], without);
        }
        else if (kind == 1 && stated.Length > 0)
        {
            FootprintEvent e = Event(_types[_random.Next(3)]);
            Record(Both[1], e.Clone());
            e.Traits.Add(new TraitValue { Name = "own", Value = $"{_random.Next(5)}", Category = TwinWorld.Name(stated[_random.Next(stated.Length)]) });
            Note(isOwn: true, $"trait of {e.Type}");
            Record(Both[0], e);
        }
        else if (own.Length > 0)
        {
            Do(own[_random.Next(own.Length)], isOwn: true);
        }
    }
}
