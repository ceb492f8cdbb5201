using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What twins do, alike and each for itself.</summary>
internal sealed partial class Twins
{
    private static readonly DataCategories[] _kinds = [DataCategories.Location, DataCategories.Demographics, DataCategories.Contact];

    private static FootprintEvent Act(Random random, string id, DataCategories category)
    {
        var e = new FootprintEvent
        {
            EventId = id,
            ClientId = "twin",
            ItemId = $"i{random.Next(12)}",
            Time = TenantWorld.At(TenantWorld.Now - random.NextInt64(60 * DayMs)),
            Channel = (FootprintEvent.Types.Channel)random.Next(1, 7),
        };
        switch (category)
        {
            case DataCategories.Purchases:
                (e.Type, e.Value) = ("purchase", Amount(random));
                break;
            case DataCategories.Declared:
                e.Type = "declare";
                break;
            case DataCategories.Behaviour:
                e.Type = random.Next(2) == 0 ? "view" : "like";
                break;
            default:
                // Leaves nothing of the category behaviour but that it happened.
                (e.Type, e.ItemId) = ("view", "");
                break;
        }

        if (e.ItemId.Length > 0 && random.Next(2) == 0)
        {
            e.Topics.Add(new TopicWeight { Topic = _topics[random.Next(4)], Weight = random.Next(1, 4) });
        }

        return e;
    }

    private static Footprint.Grid.V1.Value Amount(Random random) => new() { Amount = random.Next(1, 500), Currency = "EUR" };

    // Each subscribed to something else, or one to anything at all.
    private void Subscribe(Random random)
    {
        const DataCategories Subscribed = DataCategories.Purchases | DataCategories.Declared;
        if ((Withheld & Subscribed) == 0 || random.Next(2) > 0)
        {
            return;
        }

        foreach (ClientActor twin in random.Next(2) == 0 ? new[] { Left } : [Left, Right])
        {
            var subscribed = new FootprintEvent
            {
                EventId = "subscribed",
                ClientId = "twin",
                Type = TwinWorld.Subscribe.Type,
                ItemId = "subscription",
                Value = Amount(random),
                Time = TenantWorld.At(TenantWorld.Now - random.NextInt64(60 * DayMs)),
            };
            subscribed.Topics.Add(new TopicWeight { Topic = _topics[random.Next(_topics.Length)], Weight = random.Next(1, 4) });
            Record(twin, subscribed);
        }
    }

    // One act of both is about many topics alike; one twin had some of them in its profile before.
    private void Tie(Random random)
    {
        DataCategories[] withheld = [.. _categories.Where(c => Withheld.HasFlag(c) && DataCategories.Acts.HasFlag(c))];
        if (withheld.Length == 0 || random.Next(2) == 0)
        {
            return;
        }

        FootprintEvent first = Act(random, "first", withheld[random.Next(withheld.Length)]);
        first.Topics.Clear();
        first.Topics.Add(new TopicWeight { Topic = TwinWorld.Tied[random.Next(TwinWorld.Tied.Length)], Weight = 1 });
        Record(Left, first);
        foreach (ClientActor twin in new[] { Left, Right })
        {
            var tied = new FootprintEvent { EventId = "tied", ClientId = "twin", Type = "view", Time = TenantWorld.At(TenantWorld.Now - DayMs) };
            tied.Topics.Add(TwinWorld.Tied.Select(t => new TopicWeight { Topic = t, Weight = 1 }));
            Record(twin, tied);
        }
    }

    // Both said no, and one otherwise since.
    private void Lift(Random random)
    {
        if (!Withheld.HasFlag(DataCategories.Declared) || random.Next(4) > 0)
        {
            return;
        }

        string topic = _topics[random.Next(_topics.Length)];
        foreach (ClientActor twin in new[] { Left, Right })
        {
            twin.ConfirmInterest(Turn(TenantWorld.Now - DayMs), new ConfirmInterestRequest { Topic = topic, Answer = ConfirmInterestRequest.Types.Answer.Reject }, new());
        }

        var declared = new FootprintEvent { EventId = "lift", ClientId = "twin", Type = "declare", Time = TenantWorld.At(TenantWorld.Now - (DayMs / 2)) };
        declared.Topics.Add(new TopicWeight { Topic = topic, Weight = 2 });
        Record(Left, declared);
        foreach (ClientActor twin in new[] { Left, Right })
        {
            var viewed = new FootprintEvent { EventId = "after", ClientId = "twin", Type = "view", Time = TenantWorld.At(TenantWorld.Now - (DayMs / 3)) };
            viewed.Topics.Add(new TopicWeight { Topic = topic, Weight = 5 });
            Record(twin, viewed);
        }
    }

    // The same is stated of both, and one of them confirms it, says otherwise, or it is stated of that one as a fact of another kind.
    private void Restate(Random random)
    {
        DataCategories[] kinds = _kinds;
        DataCategories[] withheld = [.. kinds.Append(DataCategories.Declared).Where(c => Withheld.HasFlag(c))];
        if (withheld.Length == 0 || random.Next(2) == 0)
        {
            return;
        }

        string name = $"trait{random.Next(3)}";
        FootprintEvent Stating(string id, long daysAgo, DataCategories kind, string type = "view") => new()
        {
            EventId = id,
            ClientId = "twin",
            Type = type,
            Time = TenantWorld.At(TenantWorld.Now - (daysAgo * DayMs)),
            Traits = { new TraitValue { Name = name, Value = $"{random.Next(5)}", Category = TwinWorld.Name(kind) } },
        };
        void Both(FootprintEvent act)
        {
            Record(Left, act.Clone());
            Record(Right, act);
        }

        Both(Stating("stated", random.Next(4, 8), kinds[random.Next(3)], random.Next(3) == 0 ? "declare" : "view"));
        bool haveRejected = random.Next(4) == 0;
        foreach (ClientActor twin in haveRejected ? new[] { Left, Right } : [])
        {
            twin.ConfirmInterest(Turn(TenantWorld.Now - (3 * DayMs)), new ConfirmInterestRequest { Trait = name, Answer = ConfirmInterestRequest.Types.Answer.Reject }, new());
        }

        DataCategories otherwise = withheld[random.Next(withheld.Length)];
        if (otherwise != DataCategories.Declared)
        {
            var unstated = Stating("restated", random.Next(1, 10), otherwise);
            Record(Left, unstated.Clone());
            unstated.Traits.Clear();
            Record(Right, unstated);
        }
        else if (haveRejected || random.Next(2) == 0)
        {
            Record(Left, Stating("restated", random.Next(1, 10), kinds[random.Next(3)], "declare"));
        }
        else
        {
            Left.ConfirmInterest(Turn(TenantWorld.Now - (2 * DayMs)), new ConfirmInterestRequest { Trait = name, Answer = ConfirmInterestRequest.Types.Answer.Confirm }, new());
        }

        if (random.Next(2) == 0)
        {
            Both(Stating("stated again", random.Next(1, 10), kinds[random.Next(3)], random.Next(3) == 0 ? "declare" : "view"));
        }
    }

    // The same is stated of both, by acts of two types that may not be used.
    private void StateAlike(Random random)
    {
        DataCategories[] withheld = [.. _categories.Where(c => Withheld.HasFlag(c) && DataCategories.Acts.HasFlag(c))];
        if (withheld.Length == 0 || random.Next(2) == 0)
        {
            return;
        }

        var stating = new FootprintEvent
        {
            EventId = "stating",
            ClientId = "twin",
            Kind = FootprintEvent.Types.Kind.Passive,
            Time = TenantWorld.At(TenantWorld.Now - DayMs),
            Traits = { new TraitValue { Name = "stated", Value = "alike", Category = TwinWorld.Name(_kinds[random.Next(3)]) } },
        };
        (string one, string other) = withheld[random.Next(withheld.Length)] switch
        {
            DataCategories.Purchases => ("purchase", TwinWorld.Order.Type),
            DataCategories.Declared => ("declare", TwinWorld.Tell.Type),
            _ => ("view", "click"),
        };
        Record(Left, new FootprintEvent(stating) { Type = one });
        Record(Right, new FootprintEvent(stating) { Type = other });
    }

    // Of both as much is stated as there is room for; and of one of them before or after as much more that is withheld.
    private void Fill(Random random)
    {
        DataCategories[] withheld = [.. _kinds.Where(c => Withheld.HasFlag(c))];
        DataCategories[] rest = [.. _kinds.Except(withheld)];
        if (withheld.Length == 0 || rest.Length == 0 || random.Next(6) > 0)
        {
            return;
        }

        (DataCategories hidden, DataCategories seen) = (withheld[random.Next(withheld.Length)], rest[random.Next(rest.Length)]);
        bool isBefore = random.Next(2) == 0;
        foreach (bool isHidden in new[] { isBefore, !isBefore })
        {
            for (int from = 0; from < ProfileLimits.Traits; from += 16)
            {
                var filling = new FootprintEvent { EventId = $"fill{isHidden}{from}", ClientId = "twin", Type = "view", Time = TenantWorld.At(TenantWorld.Now - (20 * DayMs) + from) };
                filling.Traits.Add(Enumerable.Range(from, 16).Select(i => new TraitValue { Name = $"{isHidden}{i}", Value = "v", Category = TwinWorld.Name(isHidden ? hidden : seen) }));
                Record(Left, filling.Clone());
                if (isHidden)
                {
                    filling.Traits.Clear();
                }

                Record(Right, filling);
            }
        }
    }

    // Both had to do with items long ago; and one of them, since then, with as many others as there is room for, which is withheld.
    private void FillItems(Random random)
    {
        (DataCategories Category, string Type)[] types = [(DataCategories.Behaviour, "view"), (DataCategories.Declared, "declare")];
        if (types.Where(t => Withheld.HasFlag(t.Category)).ToArray() is not [var (_, hidden)] || random.Next(6) > 0)
        {
            return;
        }

        string seen = types.First(t => t.Type != hidden).Type;
        for (int i = 0; i < ProfileLimits.RecentItems; i++)
        {
            var act = new FootprintEvent { EventId = $"items{i}", ClientId = "twin", Type = i == 0 ? seen : hidden, Time = TenantWorld.At(TenantWorld.Now - (19 * DayMs) + i) };
            act.ItemId = i == 0 ? TwinWorld.Tied[random.Next(TwinWorld.Tied.Length)] + "a" : $"filler{i % 2}{i / 2:000}";
            Record(Left, act.Clone());
            if (i == 0)
            {
                Record(Right, act);
            }
        }

        Record(Left, new FootprintEvent { EventId = "items", ClientId = "twin", Type = hidden, ItemId = "filler0119", Time = TenantWorld.At(TenantWorld.Now - (18 * DayMs)) });
    }

    private void LedTo(ClientActor client, int number, string campaign) => client.ReportOutcome(
        Turn(),
        new Outcome { OutcomeId = $"led{number}", CampaignId = campaign, Kind = Outcome.Types.Kind.Conversion, Time = TenantWorld.At(TenantWorld.Now - DayMs) },
        new RecordResult());

    private void Differ(Random random, int number, DataCategories category)
    {
        FootprintEvent left = Act(random, $"left{number}", category);
        if (category is DataCategories.Behaviour or DataCategories.Purchases or DataCategories.Declared)
        {
            // Heard of when the clock was ahead of where it is now.
            long ahead = random.Next(4) == 0 ? random.NextInt64(EventIntake.MaxAheadMs) : 0;
            left.Time = ahead > 0 ? TenantWorld.At(TenantWorld.Now + ahead) : left.Time;
            Record(Left, left, TenantWorld.Now + ahead);
            if (category == DataCategories.Behaviour && random.Next(3) == 0)
            {
                LedTo(Left, number, $"ad{random.Next(11):00}");
            }

            if (random.Next(2) == 0)
            {
                Record(Right, Act(random, $"right{number}", category));
            }

            return;
        }

        // The same act of both, of which one twin's states a trait, or is about a topic.
        left.Kind = random.Next(3) == 0 ? FootprintEvent.Types.Kind.Active : FootprintEvent.Types.Kind.Unspecified;
        Record(Right, left.Clone());
        if (category == DataCategories.Inferred)
        {
            left.Topics.Add(new TopicWeight { Topic = _topics[random.Next(4)], Weight = 3 });
        }
        else
        {
            left.Traits.Add(new TraitValue { Name = $"trait{random.Next(3)}", Value = $"{random.Next(5)}", Category = TwinWorld.Name(category) });
        }

        Record(Left, left);
    }
}
