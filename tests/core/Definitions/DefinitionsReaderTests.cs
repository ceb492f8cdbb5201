using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Core.Tests.Definitions;

public sealed class DefinitionsReaderTests
{
    [Fact]
    public void Batch_AnyEdits_IsWhatItsRowsSay() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: the writer's line, a replica that follows it by rows, and all rows as a store has them.
        var random = new Random(seed);
        TenantDefinitions writer = Empty();
        TenantDefinitions follower = Empty();
        var stored = new Dictionary<string, DefinitionRow>(StringComparer.Ordinal);

        for (int round = 0; round < 8; round++)
        {
            // Act
            var batch = new DefinitionsBatch(writer);
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                try
                {
                    batch.Add(AnyEdit(random));
                }
                catch (GridException e)
                {
                    Assert.Equal(Code.NotFound, e.Code);
                }
            }

            foreach (DefinitionRow row in batch.Rows)
            {
                stored[row.Name] = row;
            }

            TenantDefinitions before = writer;
            writer = batch.Build();
            follower = DefinitionsReader.Follow(follower, batch.Rows, batch.ToVersion);
            var reader = new DefinitionsReader(random.Next(2) == 0 ? before : Empty());
            reader.Take([.. stored.Where(s => s.Value.Data is not null).Select(s => DefinitionRow.Named(s.Key, s.Value.Data))]);

            // Assert
            Assert.Equal(before.Version, batch.FromVersion);
            AssertSame(writer, follower);
            AssertSame(writer, reader.Build(writer.Version));
            Assert.Empty(reader.Damaged);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reader_OnAnEarlierSnapshot_KeepsTheNumbersOfItems()
    {
        TenantDefinitions before = DefinitionsReader.Follow(Empty(), [Row("a"), Row("b"), Row("c")], 1);
        int slot = before.Items.Get("c")!.Slot;
        var reader = new DefinitionsReader(before);

        reader.Take([Row("c"), Row("d")]);
        TenantDefinitions after = reader.Build(2);

        Assert.Equal(slot, after.Items.Get("c")!.Slot);
        Assert.Same(before.Items.Get("c"), after.Items.Get("c"));
        Assert.Equal(["c", "d"], after.Items.Page("", 10).Select(i => i.ItemId));
    }

    [Fact]
    public void Reader_DamagedRows_AreNamedAndLeftOut()
    {
        var reader = new DefinitionsReader(Empty());

        reader.Take([Row("a"), new DefinitionRow(DefinitionKind.Item, "b", [255]), DefinitionRow.Named("9:x", [1]), DefinitionRow.Named("nothing", [1])]);

        Assert.Equal(["b", "x", "nothing"], reader.Damaged.Select(d => d.Row.Id));
        Assert.Equal(["a"], reader.Build(1).Items.Page("", 10).Select(i => i.ItemId));
        Assert.Throws<GridException>(() => DefinitionsReader.Follow(Empty(), [new DefinitionRow(DefinitionKind.Item, "b", [255])], 1));
    }

    private static TenantDefinitions Empty() => new("t", ConsentRegime.OptOut);

    private static DefinitionRow Row(string id) => DefinitionRow.Of(DefinitionKind.Item, id, new Item { ItemId = id, Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } });

    private static DefinitionsEdit AnyEdit(Random random)
    {
        string id = $"x{random.Next(6)}";
        return random.Next(10) switch
        {
            0 => DefinitionsEdit.Of(new DeleteItemRequest { ItemId = id }),
            1 => DefinitionsEdit.Of(new DeleteCampaignRequest { CampaignId = id }),
            2 => DefinitionsEdit.Of(new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = id, Bid = random.Next(9) } } }),
            3 => DefinitionsEdit.Of(new UpsertEventTypesRequest
            {
                EventTypes = { new EventType { Type = id, Weight = random.Next(9), HalfLife = new() { Seconds = 3600 } } },
            }),
            4 => DefinitionsEdit.Of(new UpsertPlacementsRequest { Placements = { new Placement { PlacementId = id, Name = $"{random.Next(9)}" } } }),
            6 => DefinitionsEdit.Of(new UpsertSegmentsRequest
            {
                Segments = { new Segment { SegmentId = id, Condition = JsonParser.Default.Parse<Struct>($$"""{"money.purchases":{{random.Next(9)}}}""") } },
            }),
            7 => DefinitionsEdit.Of(new DeleteSegmentRequest { SegmentId = id }),
            5 => DefinitionsEdit.Of(new DeletePlacementRequest { PlacementId = id }),
            _ => DefinitionsEdit.Of(new UpsertItemsRequest
            {
                Items = { new Item { ItemId = id, Title = $"{random.Next(9)}", Topics = { new TopicWeight { Topic = $"t{random.Next(3)}", Weight = 1 } } } },
            }),
        };
    }

    private static void AssertSame(TenantDefinitions expected, TenantDefinitions actual)
    {
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.Items.Page("", 1000), actual.Items.Page("", 1000));
        Assert.Equal(expected.Campaigns.Page("", 1000), actual.Campaigns.Page("", 1000));
        Assert.Equal(expected.EventTypes.Page("", 1000), actual.EventTypes.Page("", 1000));
        Assert.Equal(expected.Placements.Page("", 1000), actual.Placements.Page("", 1000));
        Assert.Equal(expected.Segments.Page("", 1000), actual.Segments.Page("", 1000));
    }
}
