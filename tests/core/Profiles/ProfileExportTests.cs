using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Privacy;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>An export lacks nothing: whatever field the stored profile gets, at the top or inside, is in it with its value.</summary>
public sealed class ProfileExportTests
{
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Export_EveryFieldOfTheStoredProfile_IsInIt()
    {
        ClientActor client = Client();

        ExportResponse export = client.Export(_grid.Turn(), new ExportRequest());

        var missing = new List<string>();
        Compare(ProfileCodec.Save(client.Profile), export.Stored, "", missing);
        Assert.Empty(missing);
    }

    [Fact]
    public void Export_EveryFieldOfTheStoredProfile_IsFilledInThisTest()
    {
        StoredProfile stored = ProfileCodec.Save(Client().Profile);

        // An alias keeps nothing else, a newer value of the rest is what this test would miss.
        IEnumerable<string> empty = StoredProfile.Descriptor.Fields.InDeclarationOrder()
            .Where(field => field.Accessor.GetValue(stored) switch
            {
                System.Collections.ICollection list => list.Count == 0,
                string text => text.Length == 0,
                null => true,
                _ => false,
            })
            .Select(field => field.Name);

        Assert.Equal(["alias_of"], empty);
    }

    [Fact]
    public void Export_OverJson_IsReadBackWhole()
    {
        ExportResponse export = Client().Export(_grid.Turn(), new ExportRequest());

        Assert.Equal(export, ExportResponse.Parser.ParseJson(JsonFormatter.Default.Format(export)));
    }

    private static void Compare(IMessage message, Struct export, string path, List<string> missing)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            string at = $"{path}{field.JsonName}";
            object? value = field.Accessor.GetValue(message);
            if (!export.Fields.TryGetValue(field.JsonName, out Google.Protobuf.WellKnownTypes.Value? found))
            {
                // Only what is not there may lack in JSON.
                if (field.IsRepeated || !field.HasPresence || field.Accessor.HasValue(message))
                {
                    missing.Add(at);
                }
            }
            else if (field.IsRepeated)
            {
                var list = (System.Collections.IList)value!;
                for (int i = 0; i < list.Count; i++)
                {
                    CompareValue(field, list[i]!, found.ListValue.Values[i], $"{at}[{i}]", missing);
                }
            }
            else if (value is not null)
            {
                CompareValue(field, value, found, at, missing);
            }
        }
    }

    private static void CompareValue(FieldDescriptor field, object value, Google.Protobuf.WellKnownTypes.Value found, string at, List<string> missing)
    {
        bool same = value switch
        {
            Timestamp time => found.StringValue == JsonFormatter.Default.Format(time).Trim('"'),
            IMessage inner => CompareInside(inner, found.StructValue, at, missing),
            string text => found.StringValue == text,
            bool flag => found.BoolValue == flag,
            double or float or int or uint => Math.Abs(found.NumberValue - Convert.ToDouble(value)) < 1e-9,
            System.Enum => found.StringValue == field.EnumType.FindValueByNumber((int)value).Name,
            _ => found.StringValue == Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
        if (!same)
        {
            missing.Add($"{at} = {value}, not {found}");
        }
    }

    private static bool CompareInside(IMessage inner, Struct found, string at, List<string> missing)
    {
        Compare(inner, found, at + ".", missing);
        return true;
    }

    // Something of everything that a profile can hold.
    private ClientActor Client()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tennis"));
        _grid.Record(client, TenantWorld.Event("e1", item: "i1", minutesAgo: 90));
        FootprintEvent bought = TenantWorld.Event("e2", "purchase", item: "i2", topic: "chess", minutesAgo: 5);
        bought.Value = new V1.Value { Amount = 12.5, Currency = "EUR" };
        bought.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
        _grid.Record(client, bought);
        _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([TwinWorld.Subscribe]) };
        FootprintEvent subscribed = TenantWorld.Event("e3", TwinWorld.Subscribe.Type, minutesAgo: 4);
        subscribed.Value = new V1.Value { Amount = 3, Currency = "EUR" };
        _grid.Record(client, subscribed);
        _grid.Consent(client, "club", V1.Consent.Types.Decision.Deny);
        client.SetConsents(_grid.Turn(), new SetConsentsRequest { Country = "ES" }, new SetConsentsResponse());
        _grid.Definitions = _grid.Definitions with
        {
            Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = "home", Learning = Placement.Types.Learning.Observe }, new Placement { PlacementId = "capped", ItemCaps = { new FrequencyCap { Count = 9, Window = new Duration { Seconds = 60 } } } }]),
        };
        _grid.Pick(client);
        _grid.Pick(client, new PickContentRequest { ClientId = "c", Placement = "capped" });
        client.ReportOutcome(_grid.Turn(), new Outcome { OutcomeId = "o1", CampaignId = "no", Kind = Outcome.Types.Kind.Dismissal, Time = TenantWorld.At(TenantWorld.Now) }, new RecordResult());
        client.ConfirmInterest(
            _grid.Turn(), new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Reject }, new ConfirmInterestResponse());
        _grid.Definitions = _grid.Definitions with { Probes = _grid.Definitions.Probes.With([ProbeWorld.Probe("ask")]) };
        for (int i = 0; i < 4; i++)
        {
            _grid.Record(client, TenantWorld.Event($"s{i}", topic: "ski", minutesAgo: 3));
        }

        Assert.NotNull(_grid.Pick(client).Probe);
        client.Profile.AdImpressions.Add(StoredImpression.Types.Kind.Campaign, "k1", "top", TenantWorld.Now);
        client.Profile.AdImpressions.Lost = new LostImpressions();
        client.Profile.AdImpressions.Lost.Add("acme", TenantWorld.Now);
        client.Link(_grid.Turn(), TenantWorld.NewClient("cookie"));
        ClientActor handed = TenantWorld.NewClient("handed over");
        TenantWorld.NewClient("other").Link(_grid.Turn(), handed);
        client.Link(_grid.Turn(), handed);
        client.Unlink(_grid.Turn(), TenantWorld.NewClient("given up"), signOut: false);
        client.Profile.State(Whereabouts.At(["VN"], 0));
        client.Profile.Segments.Enter("fans", TenantWorld.Now);
        client.Profile.Segments.Leave("fans", TenantWorld.Now + 1);
        client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme", Purpose = "loyalty" });
        return client;
    }
}
