using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Answering = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Kind = Footprint.Grid.V1.FootprintEvent.Types.Kind;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What was stated of both, or of one alone, and what they said of that.</summary>
internal sealed partial class Pasts
{
    private const int PastTheBound = ProfileLimits.Traits + 16;
    private static readonly string[] _kinds = ["location", "demographics", "contact", "size"];
    private bool _hasDeclaredMany;

    private static bool IsDeclared(FootprintEvent e) => e.Kind == Kind.Active && !e.Imported;

    private bool IsOwn(FootprintEvent e, TraitValue trait) =>
        ((CategoryNames.OfTrait(trait.Category) | (IsDeclared(e) ? DataCategories.Declared : DataCategories.None)) & Own) != 0;

    // One act of both, of which one states what the other's does not.
    private (FootprintEvent First, FootprintEvent Second) Stating(bool isCommon)
    {
        FootprintEvent first = Event(_types[_random.Next(_types.Length)]);
        first.Kind = _random.Next(3) == 0 ? Kind.Active : Kind.Passive;
        foreach (int name in Enumerable.Range(0, 3).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)))
        {
            first.Traits.Add(new TraitValue { Name = $"trait{name}", Value = $"{_random.Next(4)}", Category = _kinds[_random.Next(_kinds.Length)] });
        }

        return Parted(first, isCommon || _random.Next(3) == 0);
    }

    private (FootprintEvent First, FootprintEvent Second) Parted(FootprintEvent first, bool isCommon)
    {
        FootprintEvent second = first.Clone();
        if (!isCommon)
        {
            second.Traits.Clear();
            second.Traits.Add(first.Traits.Where(trait => !IsOwn(first, trait)));
        }

        return (first, second);
    }

    // The same is stated of both, by acts of two types that may not be kept.
    private (FootprintEvent First, FootprintEvent Second) StatingAlike()
    {
        (string One, string Other)[] alike = [("view", "click"), ("purchase", TwinWorld.Order.Type), ("declare", TwinWorld.Tell.Type)];
        (string one, string other) = alike.FirstOrDefault(pair => (_types.First(t => t.Type == pair.One).Categories & Own) != 0, alike[0]);
        FootprintEvent first = Event((one, DataCategories.None));
        first.Kind = Kind.Passive;
        first.Topics.Clear();
        (first.ItemId, first.Value) = ("", null);
        first.Traits.Add(new TraitValue { Name = $"trait{_random.Next(3)}", Value = "alike", Category = _kinds[_random.Next(_kinds.Length)] });
        return (first, new FootprintEvent(first) { Type = (Own & _types.First(t => t.Type == one).Categories) != 0 ? other : one });
    }

    // More of one kind than there is room for. Of what is declared the steps have a bound, too.
    private void Fill(bool isCommon)
    {
        bool isActive = !_hasDeclaredMany && _random.Next(4) == 0;
        _hasDeclaredMany |= isActive;
        isCommon |= _random.Next(2) == 0;
        string category = _kinds[_random.Next(_kinds.Length)];
        for (int from = 0; from < PastTheBound; from += 16)
        {
            FootprintEvent first = Event(_types[0]);
            first.Kind = isActive ? Kind.Active : Kind.Passive;
            first.Traits.Add(Enumerable.Range(from, 16).Select(i => new TraitValue { Name = i < 3 ? $"trait{i}" : $"many{i}", Value = $"{_random.Next(4)}", Category = category }));
            Do("twin", Both, Parted(first, isCommon));
        }
    }

    // Of what is stated of both alike: of what only one has it would be another answer.
    private void SayOfTrait(bool isOwn)
    {
        string name = $"trait{_random.Next(3)}";
        string value = _random.Next(2) == 0 ? "" : $"{_random.Next(4)}";
        bool isNo = !isOwn && _random.Next(2) == 0;
        StoredTrait?[] stated = Array.ConvertAll(Both, twin => value.Length == 0 ? twin.Profile.Traits.Find(name) : twin.Profile.Traits.Find(name, value));
        if (stated[0] is not { Trust: not Trust.Rejected } first
            || !(isOwn || first.Equals(stated[1]) || (isNo && stated[1] is { Trust: not Trust.Rejected } second && first.Category == second.Category)))
        {
            return;
        }

        if (!isNo && !isOwn && _random.Next(2) == 0)
        {
            Correct(first);
            return;
        }

        SayOf(Those(isOwn), name, value, isNo ? Answering.Reject : Answering.Confirm);
    }

    // As on the client's page: what is true, and that what was stated is not, unless that took its place.
    private void Correct(StoredTrait stated)
    {
        FootprintEvent correction = Event(("correction", DataCategories.Behaviour));
        (correction.Kind, correction.Imported, correction.ItemId, correction.Time) = (Kind.Active, false, "", TenantWorld.At(NowMs));
        correction.Topics.Clear();
        correction.Traits.Add(new TraitValue { Name = stated.Name, Value = "corrected", Category = stated.Category });
        Do("twin", Both, (correction, correction.Clone()));
        if (stated.Value != "corrected" && Both.All(twin => twin.Profile.Traits.All.Any(t => t.Name == stated.Name && t.Value == stated.Value && t.Trust != Trust.Rejected)))
        {
            SayOf(Both, stated.Name, stated.Value, Answering.Reject);
        }
    }

    private void SayOf(ClientActor[] those, string name, string value, Answering answer)
    {
        Note(those.Length == 1, $"{answer} {name} {value}");
        foreach (ClientActor twin in those)
        {
            Try(() => twin.ConfirmInterest(Turn(), new ConfirmInterestRequest { ClientId = "twin", Trait = name, Value = value, Answer = answer }, new()));
        }
    }
}
