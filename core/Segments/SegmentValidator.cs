using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>Checks what segments mean and gathers every fault, named from <c>segments[i]</c>.</summary>
internal static class SegmentValidator
{
    private const int MaxNameBytes = 256;

    public static void Check(UpsertSegmentsRequest request, List<Fault> faults)
    {
        faults.Size("segments", request.Segments.Count, 1, SegmentSet.MaxSegments);
        for (int i = 0; i < Math.Min(request.Segments.Count, SegmentSet.MaxSegments); i++)
        {
            Check(request.Segments[i], $"segments[{i}]", faults);
        }
    }

    private static void Check(Segment segment, string at, List<Fault> faults)
    {
        faults.Id($"{at}.segmentId", segment.SegmentId);
        faults.Text($"{at}.name", segment.Name, MaxNameBytes);
        if (segment.Condition is null)
        {
            faults.Add(new Fault($"{at}.condition", "is missing", "a condition"));
            return;
        }

        int before = faults.Count;
        Condition.Compile(segment.Condition, faults, $"{at}.condition");
        if (faults.Count == before && SegmentReads.Foreign(segment.Condition) is { } path)
        {
            faults.Add(new Fault(
                $"{at}.condition.{path}", "is nothing that a client has", "clientId, interests, traits, counters, money, daysSinceLastSeen, session"));
        }
    }
}
