using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Core.Definitions;

/// <summary>
/// Makes a tenant's definitions of stored rows. Items keep the numbers that they had in the snapshot to start from, so
/// that knowledge, which goes by those, stays good. Nobody else may make a snapshot of that line meanwhile.
/// </summary>
public sealed class DefinitionsReader(TenantDefinitions start)
{
    /// <summary>A snapshot costs by what changes, and something fixed; this many items at a time make the fixed part small.</summary>
    private const int ItemsAtOnce = 50_000;

    private readonly List<Item> _items = [];
    private readonly List<Campaign> _campaigns = [];
    private readonly List<EventType> _eventTypes = [];
    private readonly List<Placement> _placements = [];
    private readonly List<Segment> _segments = [];
    private readonly List<Probe> _probes = [];
    private readonly HashSet<string> _itemIds = new(StringComparer.Ordinal);
    private readonly List<(DefinitionRow Row, string Reason)> _damaged = [];
    private CatalogSnapshot _catalog = start.Items;

    /// <summary>Rows that are not what they should be, and why; they are left out.</summary>
    public IReadOnlyList<(DefinitionRow Row, string Reason)> Damaged => _damaged;

    /// <summary>The next rows of all that there are.</summary>
    public void Take(IReadOnlyList<DefinitionRow> rows)
    {
        foreach (DefinitionRow row in rows)
        {
            try
            {
                Take(row);
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException or GridException)
            {
                _damaged.Add((row, e.Message));
            }
        }
    }

    /// <summary>All that was taken, and nothing else.</summary>
    /// <exception cref="GridException">More than the limits allow.</exception>
    public TenantDefinitions Build(ulong version)
    {
        PutItems();
        return start with
        {
            Version = version,
            Items = _catalog.Only(_itemIds),
            Campaigns = Campaigns.CampaignSet.Empty.With(_campaigns),
            EventTypes = Events.EventTypeTable.Default.With(_eventTypes),
            Placements = PlacementSet.Empty.With(_placements),
            Segments = SegmentSet.Empty.With(_segments),
            Probes = ProbeSet.Empty.With(_probes),
        };
    }

    /// <summary>The next version by the rows that changed, in the order in which they did.</summary>
    /// <exception cref="GridException">A row is not what it should be: the snapshot must be read anew, whole.</exception>
    public static TenantDefinitions Follow(TenantDefinitions start, IReadOnlyList<DefinitionRow> rows, ulong version)
    {
        var last = new Dictionary<(DefinitionKind, string), DefinitionRow>();
        foreach (DefinitionRow row in rows)
        {
            last[(row.Kind, row.Id)] = row;
        }

        var changed = new DefinitionsReader(start);
        changed.Take([.. last.Values.Where(r => r.Data is { Length: > 0 })]);
        if (changed.Damaged.Count > 0)
        {
            throw new GridException(Code.DataLoss, changed.Damaged[0].Reason);
        }

        changed.PutItems();
        TenantDefinitions next = start with
        {
            Version = version,
            Items = changed._catalog,
            Campaigns = changed._campaigns.Count > 0 ? start.Campaigns.With(changed._campaigns) : start.Campaigns,
            EventTypes = changed._eventTypes.Count > 0 ? start.EventTypes.With(changed._eventTypes) : start.EventTypes,
            Placements = changed._placements.Count > 0 ? start.Placements.With(changed._placements) : start.Placements,
            Segments = changed._segments.Count > 0 ? start.Segments.With(changed._segments) : start.Segments,
            Probes = changed._probes.Count > 0 ? start.Probes.With(changed._probes) : start.Probes,
        };
        foreach (DefinitionRow row in last.Values.Where(r => r.Data is not { Length: > 0 }))
        {
            next = row.Kind switch
            {
                DefinitionKind.Item => next with { Items = next.Items.Without(row.Id) },
                DefinitionKind.Campaign => next with { Campaigns = next.Campaigns.Without(row.Id) },
                DefinitionKind.Placement => next with { Placements = next.Placements.Without(row.Id) },
                DefinitionKind.Segment => next with { Segments = next.Segments.Without(row.Id) },
                DefinitionKind.Probe => next with { Probes = next.Probes.Without(row.Id) },
                _ => next with { EventTypes = next.EventTypes.Without(row.Id) },
            };
        }

        return next;
    }

    private void Take(DefinitionRow row)
    {
        switch (row.Kind)
        {
            case DefinitionKind.Item:
                Item item = Item.Parser.ParseFrom(row.Data);
                _items.Add(item);
                _itemIds.Add(item.ItemId);
                if (_items.Count == ItemsAtOnce)
                {
                    PutItems();
                }

                break;
            case DefinitionKind.Campaign:
                _campaigns.Add(Campaign.Parser.ParseFrom(row.Data));
                break;
            case DefinitionKind.EventType:
                _eventTypes.Add(EventType.Parser.ParseFrom(row.Data));
                break;
            case DefinitionKind.Placement:
                _placements.Add(Placement.Parser.ParseFrom(row.Data));
                break;
            case DefinitionKind.Segment:
                _segments.Add(Segment.Parser.ParseFrom(row.Data));
                break;
            case DefinitionKind.Probe:
                _probes.Add(Probe.Parser.ParseFrom(row.Data));
                break;
            default:
                throw new GridException(Code.DataLoss, $"Definitions of kind {(int)row.Kind} are not known.");
        }
    }

    private void PutItems()
    {
        _catalog = _catalog.With(_items);
        _items.Clear();
    }
}
