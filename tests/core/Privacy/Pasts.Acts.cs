using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What both did, and what one alone.</summary>
internal sealed partial class Pasts
{
    private static readonly string[] _countries = ["ES", "FR", "DE"];

    private long Time() => _random.Next(4) switch
    {
        0 => NowMs,
        1 => NowMs + _random.NextInt64(EventIntake.MaxAheadMs),
        _ => NowMs - _random.NextInt64(40 * DayMs),
    };

    /// <summary>Something that both do, alike but for what only the first may have; null of one that does nothing.</summary>
    private (FootprintEvent? First, FootprintEvent? Second) Act(bool isCommon)
    {
        (string Type, DataCategories Categories)[] own = [.. _types.Where(t => (t.Categories & Own) != 0)];
        switch (_random.Next(isCommon ? 8 : 14))
        {
            case 0 or 1 or 2:
                FootprintEvent e = Event(_types[_random.Next(_types.Length)]);
                return (e, e.Clone());
            case 3:
                FootprintEvent answer = Answer(_random.Next(3) > 0);
                return (answer, answer.Clone());
            case < 8:
                return Stating(isCommon);
            case 8 when Own.HasFlag(DataCategories.Declared):
                return (Answer(isYes: true), null);
            case 9 when Own.HasFlag(DataCategories.Inferred):
                return AboutMore();
            case 10 when own.Length > 0:
                return StatingAlike();
            default:
                return own.Length > 0 ? (Event(own[_random.Next(own.Length)]), null) : Stating(isCommon);
        }
    }

    private FootprintEvent Event((string Type, DataCategories Categories) type)
    {
        var e = new FootprintEvent
        {
            EventId = $"e{_number++}",
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

    private FootprintEvent Answer(bool isYes)
    {
        FootprintEvent answer = Event((EventTypeTable.ProbeAnswer, DataCategories.Declared));
        answer.ItemId = "";
        answer.Topics.Clear();
        answer.Topics.Add(new TopicWeight { Topic = _topics[_random.Next(4)], Weight = 1 });
        answer.Properties["answer"] = isYes ? "yes" : "no";
        return answer;
    }

    // One act of both, of which one's is about something more.
    private (FootprintEvent First, FootprintEvent Second) AboutMore()
    {
        FootprintEvent first = Event(_types[_random.Next(5)]);
        first.ItemId = "";
        first.Topics.Clear();
        FootprintEvent second = first.Clone();
        first.Topics.Add(new TopicWeight { Topic = _topics[_random.Next(4)], Weight = 3 });
        return (first, second);
    }

    // Where it happened and what the browser wishes is said by what both do alone: it holds whatever is kept of the act, of whom
    // anything is kept.
    private void Do(string client, ClientActor[] those, (FootprintEvent? First, FootprintEvent? Second) act)
    {
        bool isOwn = act.Second is null;
        bool hasSignal = !isOwn && _random.Next(24) == 0;
        string country = !isOwn && _random.Next(8) == 0 && those[0].Profile.HoldsAnything == those[1].Profile.HoldsAnything ? _countries[_random.Next(_countries.Length)] : "";
        Note(isOwn, $"{client}: {act.First!.Type} {act.First.Kind} of {(EventIntake.TimeMs(act.First.Time) - TenantWorld.Now) / DayMs}d {act.First.Topics} {act.First.Traits} and {act.Second?.Traits}{(act.First.Imported ? " imported" : "")}{(hasSignal ? " signal" : "")} {country}");
        foreach ((ClientActor twin, FootprintEvent? e) in those.Zip([act.First, act.Second]))
        {
            if (e is null)
            {
                continue;
            }

            e.ClientId = client;
            if (country.Length > 0)
            {
                e.Context = new Context { Attributes = { ["country"] = country } };
            }

            Assert.True(EventIntake.Prepare(e, 0, NowMs, () => "", new RecordResult()));
            twin.Record(Turn() with { HasPrivacySignal = hasSignal }, e, new RecordResult());
        }
    }
}
