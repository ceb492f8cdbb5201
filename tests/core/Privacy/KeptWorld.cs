using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// A client that does whatever can be done, and forbids some categories to be kept, before or after. Whatever text comes from
/// it says what it is about: a canary bears the categories that it needs, so that one which may not be kept can be told by
/// itself wherever it is. What has no text is told by where it stands in the stored profile.
/// </summary>
internal sealed partial class KeptWorld
{
    private const string Recipient = "acme";
    private const string Shared = "city";

    // A topic without a canary: a no keeps its topic whatever may be kept.
    private const string Rejected = "opera";
    private const DataCategories Seen = DataCategories.Behaviour | DataCategories.Inferred;
    private const DataCategories Bought = DataCategories.Purchases | DataCategories.Inferred;
    private const DataCategories Subscribed = DataCategories.Purchases | DataCategories.Declared;

    // What only acts that both buy and declare are paid in.
    private const string SubscribedCurrency = "VND";
    private readonly Random _random;
    private readonly TenantWorld _grid = new() { Definitions = TwinWorld.Definitions, Knowledge = TwinWorld.Knowledge };
    private readonly ClientActor _client = TenantWorld.NewClient();
    private readonly bool _isBefore;
    private int _canaries;

    /// <param name="seed">What the client does, forbids, and when.</param>
    public KeptWorld(int seed)
    {
        _random = new Random(seed);
        Forbidden = (DataCategories)_random.Next(1, (int)DataCategories.All + 1);
        _isBefore = _random.Next(2) == 0;
        if (_isBefore)
        {
            Forbid();
        }

        for (int i = _random.Next(4, 16); i > 0; i--)
        {
            Act(_random.Next(17));
        }

        if (!_isBefore)
        {
            Forbid();
        }
    }

    /// <summary>What no purpose but sharing may use.</summary>
    public DataCategories Forbidden { get; }

    /// <summary>What is kept of it all the same, the first of it; empty for nothing.</summary>
    public string Leak()
    {
        StoredProfile stored = ProfileCodec.Save(_client.Profile);
        string text = Encoding.Latin1.GetString(stored.ToByteArray());
        if (_isBefore)
        {
            text += string.Concat(_grid.Journal.Select(j => Encoding.Latin1.GetString(j.Entry.ToByteArray())));
        }

        foreach (Match canary in Canaries().Matches(text))
        {
            if (Has((DataCategories)int.Parse(canary.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            {
                return canary.Value;
            }
        }

        return Leaks(stored).FirstOrDefault(leak => leak.IsThere).What ?? (_isBefore ? Journalled() : "");
    }

    private IEnumerable<(string What, bool IsThere)> Leaks(StoredProfile stored)
    {
        bool acted = Has(DataCategories.Behaviour);
        yield return ("counters", stored.Counters.Any(c => Has((DataCategories)c.Categories)));
        yield return ("items", stored.RecentItems.Any(i => Has((DataCategories)i.Categories)));
        yield return ("picks", stored.ShownPicks.Any(p => Has((DataCategories)p.Categories)));
        yield return ("conversions", stored.AdAnswers.Any(a => a.ConvertedMs != 0 && Has((DataCategories)a.Categories)));
        yield return ("money", stored.Money is not null && Has(DataCategories.Purchases));
        yield return ("declared money", stored.DeclaredMoney is not null && Has(Subscribed));
        yield return ("declared money among the other", stored.Money?.Spent.Any(s => s.Currency == SubscribedCurrency) == true && Has(Subscribed));
        yield return ("sessions", stored.Sessions.Any(s => Has((DataCategories)s.Categories)));
        yield return ("when it was seen by", stored.Seen.Any(s => Has((DataCategories)s.Categories)));
        yield return ("columns", stored.ColumnCategories.Any(c => Has((DataCategories)c & DataCategories.All)));
        yield return ("evidence of", stored.Interests.Any(i => Has((DataCategories)i.Categories) || i.Seen.Any(s => Has((DataCategories)s.Categories))));
        yield return ("impressions", acted && stored.Impressions.Count > 0);
        yield return ("ads shown", acted && stored.AdImpressions.Count > 0);
        yield return ("items shown", acted && stored.ContentImpressions.Count > 0);
        yield return ("questions", acted && (stored.Probes?.AskedMs.Count > 0 || stored.Probes?.Topics.Any(p => p.AskedMs != 0) == true));
        yield return ("answers", Has(DataCategories.Declared) && stored.Probes?.Topics.Any(p => p.DeclinedMs == 0) == true);
        yield return ("what counts in reports", Has(DataCategories.Evidence) && stored.Probes?.Topics.Any(p => p.Counted != 0) == true);
        yield return ("concluded interests", Has(DataCategories.Inferred) && stored.Interests.Any(i => i.Trust is Trust.Inferred or Trust.Probed));
        yield return ("declared interests", Has(DataCategories.Declared) && stored.Interests.Any(i => i.Trust is Trust.Declared or Trust.Confirmed));
        yield return ("evidence", stored.Interests.Any(i => i.Evidence.Where((e, c) => e != 0 && Has((DataCategories)stored.ColumnCategories[c])).Any()));
        yield return ("traits", stored.Traits.Any(t => t.Trust != Trust.Rejected && Has(TraitTable.Categories(t))));
        yield return ("steps of statements", stored.TrustHistory.Any(s => s.Trait.Length > 0 && s.To is Trust.Declared or Trust.Confirmed && !stored.Traits.Any(t => t.Name == s.Trait && TrustLadder.IsSpoken(t.Trust))));
        yield return ("by what acts traits were stated", stored.Traits.Any(t => Has(TraitTable.SourceCategories(t))));
        yield return ("by what acts steps were taken", stored.TrustHistory.Any(s => Has(TrustHistory.SourceCategories(s))));
        yield return ("segments", stored.Segments.Any(s => Has(DataCategories.Inferred) || (!_isBefore && s.LeftMs != 0)));
        yield return ("when it was seen", (Forbidden & DataCategories.Acts) == DataCategories.Acts && (stored.FirstSeenMs, stored.LastSeenMs) != (0, 0));
        yield return ("steps of what was said", Has(DataCategories.Declared) && stored.TrustHistory.Any(s => s.To is Trust.Declared or Trust.Confirmed || s.From is Trust.Declared or Trust.Confirmed));
        yield return ("steps", stored.TrustHistory.Any(s => s.Topic.Length > 0 ? stored.Interests.All(i => i.Topic != s.Topic) : stored.Traits.All(t => t.Name != s.Trait)));
    }

    // What was never to be kept, not for a moment.
    private string Journalled()
    {
        foreach ((_, JournalEntry entry) in _grid.Journal)
        {
            if (entry.Event is { } e && (Has((DataCategories)e.Categories) || (e.Value is not null && Has(DataCategories.Purchases))))
            {
                return $"journalled event {e}";
            }

            if ((entry.AdsShown is not null || entry.Probed is not null) && Has(DataCategories.Behaviour))
            {
                return $"journalled {entry}";
            }
        }

        return "";
    }

    private bool Has(DataCategories categories) => (categories & Forbidden) != 0;

    private void Forbid()
    {
        var request = new SetConsentsRequest();
        foreach (DataCategories category in Enum.GetValues<DataCategories>().Where(c => int.PopCount((int)c) == 1 && Forbidden.HasFlag(c)))
        {
            request.Consents.Add(TenantWorld.Keeping.Select(p => new V1.Consent { Purpose = p, Category = TwinWorld.Name(category), Decision = Decision.Deny }));
        }

        _client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }

    private void Act(int kind)
    {
        switch (kind)
        {
            case 0:
                Record("view", Canary(DataCategories.Behaviour), Canary(Seen));
                break;
            case 1:
                Record(Canary(DataCategories.Behaviour), "i3", "golf");
                break;
            case 2:
                Record("purchase", Canary(DataCategories.Purchases), Canary(Bought));
                break;
            case 3:
                Record("declare", "", _random.Next(2) == 0 ? Rejected : Canary(DataCategories.Declared));
                break;
            case 4:
                RecordTrait();
                break;
            case 5:
                var confirm = new ConfirmInterestRequest { Answer = ConfirmInterestRequest.Types.Answer.Confirm };
                (confirm.Topic, confirm.Trait) = _random.Next(2) == 0 ? ("", Shared) : (Canary(DataCategories.Declared), "");
                Try(() => _client.ConfirmInterest(_grid.Turn(), confirm, new()));
                break;
            case 6:
                FootprintEvent answer = TenantWorld.Event($"e{_canaries++}", EventTypeTable.ProbeAnswer, topic: Canary(DataCategories.Declared));
                answer.Properties["answer"] = "yes";
                _grid.Record(_client, answer);
                break;
            case 7:
                PickContentResponse picked = _grid.Pick(_client, new PickContentRequest { ClientId = "c", Placement = _random.Next(2) == 0 ? "home" : "items", Count = 2 });
                Report(new Outcome { DecisionId = picked.DecisionId, ItemId = picked.Picks.FirstOrDefault()?.ItemId ?? "i1", Kind = Outcome.Types.Kind.Click });
                break;
            case 8:
                _client.TargetAds(_grid.Turn(), new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 3, Recipient = _random.Next(2) == 0 ? "" : Recipient }, new());
                break;
            case 9:
                Record(TwinWorld.Subscribe.Type, Canary(Subscribed), Canary(Subscribed | DataCategories.Inferred));
                break;
            case 10:
                Report(new Outcome { CampaignId = TwinWorld.Plain, Kind = _random.Next(2) == 0 ? Outcome.Types.Kind.Conversion : Outcome.Types.Kind.Dismissal });
                break;
            case 11:
                var say = new ConfirmInterestRequest { Answer = _random.Next(3) == 0 ? ConfirmInterestRequest.Types.Answer.Confirm : ConfirmInterestRequest.Types.Answer.Reject };
                (say.Topic, say.Trait) = _random.Next(2) == 0 ? ("golf", "") : ("", Shared);
                Try(() => _client.ConfirmInterest(_grid.Turn(), say, new()));
                break;
            case 12:
                FootprintEvent said = TenantWorld.Event($"e{_canaries++}", EventTypeTable.ProbeAnswer, topic: "golf");
                said.Properties["answer"] = _random.Next(2) == 0 ? "no" : "yes";
                _grid.Record(_client, said);
                break;
            case 13:
                Record("declare", "", "golf");
                break;
            case 14:
                Record("purchase", Canary(DataCategories.Purchases), "golf");
                break;
            case 15:
                var reject = new ConfirmInterestRequest { Answer = ConfirmInterestRequest.Types.Answer.Reject };
                (reject.Topic, reject.Trait) = _random.Next(2) == 0 ? ("", Shared) : (Rejected, "");
                Try(() => _client.ConfirmInterest(_grid.Turn(), reject, new()));
                break;
            default:
                Link();
                break;
        }
    }

    private void Link()
    {
        ClientActor cookie = TenantWorld.NewClient($"cookie{_canaries++}");
        foreach ((string type, DataCategories of) in new[] { ("view", Seen), ("purchase", Bought), ("declare", DataCategories.Declared) })
        {
            FootprintEvent e = TenantWorld.Event($"e{_canaries++}", type, topic: Canary(of), minutesAgo: _random.Next(5_000));
            e.ClientId = cookie.Key.ClientId;
            cookie.Record(_grid.Turn() with { Journal = new TwinWorld.Journal() }, e, new RecordResult());
        }

        _client.Link(_grid.Turn(), cookie);
    }

    private void Record(string type, string item, string topic)
    {
        FootprintEvent e = TenantWorld.Event($"e{_canaries++}", type, item, topic, minutesAgo: _random.Next(5_000));
        e.Value = _random.Next(2) == 0 ? new Value { Amount = 12.5, Currency = type == TwinWorld.Subscribe.Type ? SubscribedCurrency : "EUR" } : null;
        _grid.Record(_client, e);
    }

    private void RecordTrait()
    {
        DataCategories category = _random.Next(3) switch { 0 => DataCategories.Location, 1 => DataCategories.Contact, _ => DataCategories.Demographics };
        bool isActive = _random.Next(2) == 0;
        string type = _random.Next(4) switch { 0 => "purchase", 1 => TwinWorld.Subscribe.Type, 2 => "view", _ => Canary(DataCategories.Behaviour) };
        FootprintEvent e = TenantWorld.Event($"e{_canaries++}", type);
        e.Kind = isActive ? FootprintEvent.Types.Kind.Active : FootprintEvent.Types.Kind.Passive;
        string canary = Canary(category | (isActive ? DataCategories.Declared : DataCategories.None));
        e.Traits.Add(new TraitValue { Name = _random.Next(2) == 0 ? Shared : canary, Value = canary, Category = TwinWorld.Name(category) });
        _grid.Record(_client, e);
    }

    private void Report(Outcome outcome)
    {
        (outcome.OutcomeId, outcome.ClientId, outcome.Time) = ($"o{_canaries++}", "c", TenantWorld.At(TenantWorld.Now));
        _client.ReportOutcome(_grid.Turn(), outcome, new RecordResult());
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (GridException)
        {
            // Refused, as it should be where nothing of it may be kept.
        }
    }

    private string Canary(DataCategories needs) => $"canary-{_canaries++}-{(int)needs:x2}";

    [GeneratedRegex("canary-[0-9]+-([0-9a-f]{2})")]
    private static partial Regex Canaries();
}
