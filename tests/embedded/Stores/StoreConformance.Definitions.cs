using System.Text;
using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Stores;

namespace Footprint.Grid.Embedded.Tests.Stores;

public abstract partial class StoreConformance
{
    [ToolFact]
    public async Task Definitions_Written_ComeBackOrderedWithTheirVersion()
    {
        await DefineAsync(0, 1, Row(DefinitionKind.Campaign, "x"), Row(DefinitionKind.Item, "b"), Row(DefinitionKind.Item, "a:1"));
        await DefineAsync(1, 5, new DefinitionRow(DefinitionKind.Item, "b", null), Row(DefinitionKind.EventType, "view"));
        await ReopenAsync();

        (ulong version, List<DefinitionRow> rows) = await ReadDefinitionsAsync("t");

        Assert.Equal(5UL, version);
        Assert.Equal(["a:1", "x", "view"], rows.Select(r => r.Id));
        Assert.Equal([DefinitionKind.Item, DefinitionKind.Campaign, DefinitionKind.EventType], rows.Select(r => r.Kind));
        Assert.Equal("bytes of a:1", Text(rows[0].Data));
        Assert.Equal((0UL, 0), (await ReadDefinitionsAsync("u")) is var (v, r) ? (v, r.Count) : default);
    }

    [ToolFact]
    public async Task Definitions_FromAnotherVersion_ChangeNothing()
    {
        await DefineAsync(0, 1, Row(DefinitionKind.Item, "a"));

        await Assert.ThrowsAsync<StoreConflictException>(() => DefineAsync(0, 2, Row(DefinitionKind.Item, "b")));

        (ulong version, List<DefinitionRow> rows) = await ReadDefinitionsAsync("t");
        Assert.Equal(1UL, version);
        Assert.Equal("a", Assert.Single(rows).Id);
    }

    [ToolFact]
    public async Task Definitions_Many_AreAllRead()
    {
        await DefineAsync(0, 1, [.. Enumerable.Range(0, 10_000).Select(i => Row(DefinitionKind.Item, $"i{i:00000}"))]);

        (_, List<DefinitionRow> rows) = await ReadDefinitionsAsync("t");

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"i{i:00000}"), rows.Select(r => r.Id));
    }

    private static DefinitionRow Row(DefinitionKind kind, string id) => new(kind, id, Encoding.UTF8.GetBytes("bytes of " + id));

    private Task DefineAsync(ulong from, ulong to, params DefinitionRow[] rows) =>
        _store.WriteDefinitionsAsync(new DefinitionsChange("t", from, to, rows), None).Within("the definitions are written");

    private async Task<(ulong Version, List<DefinitionRow> Rows)> ReadDefinitionsAsync(string tenant)
    {
        var rows = new List<DefinitionRow>();
        ulong version = await _store.ReadDefinitionsAsync(tenant, rows.AddRange, None).Within("the definitions are read");
        return (version, rows);
    }
}
