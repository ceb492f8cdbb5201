using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>A segment ready to be tried on a client.</summary>
internal sealed class CompiledSegment
{
    private readonly Condition _condition = Condition.Never;

    public CompiledSegment(Segment segment)
    {
        Id = segment.SegmentId;
        var faults = new List<Fault>();
        if (segment.Condition is not null && SegmentReads.Of(segment.Condition) is { } reads)
        {
            // Being in it is itself a conclusion.
            Needs = reads | DataCategories.Inferred;
            NamesClients = SegmentReads.NamesClients(segment.Condition);
            var condition = Condition.Compile(segment.Condition, faults);
            _condition = faults.Count == 0 ? condition : Condition.Never;
        }
    }

    public string Id { get; }

    /// <summary>Without all of which nobody is in it.</summary>
    public DataCategories Needs { get; } = DataCategories.All;

    /// <summary>
    /// Whether the condition asks who the client is. Whoever writes it chooses whom its size counts, so it is not counted: one client
    /// and as many of the writer's own as the minimum lacks would tell about the one.
    /// </summary>
    public bool NamesClients { get; }

    /// <summary>Whether the client is in it, as far as the data allowed says.</summary>
    public bool Holds(IAttributes client, DataCategories allowed) => allowed.Permits(Needs) && _condition.Evaluate(client);
}
