using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>
/// What one client counts in the sizes of segments: one in each of which its profile says so. As with <c>ProbeTally</c> the
/// difference of before and after each change is told, so sizes are always the sum over the profiles.
/// </summary>
internal static class SegmentTally
{
    /// <param name="learning">Is told.</param>
    /// <param name="tenant">Of the client.</param>
    /// <param name="before">In the order of ids.</param>
    /// <param name="after">Likewise; the same memory when nothing changed, as mostly.</param>
    public static void Tell(ILearning learning, string tenant, ReadOnlySpan<SegmentMemberships.Entry> before, ReadOnlySpan<SegmentMemberships.Entry> after)
    {
        if (before == after)
        {
            return;
        }

        TellMissing(before, after, -1);
        TellMissing(after, before, 1);

        // What counts in the one and not in the other.
        void TellMissing(ReadOnlySpan<SegmentMemberships.Entry> these, ReadOnlySpan<SegmentMemberships.Entry> others, int clients)
        {
            foreach (ref readonly SegmentMemberships.Entry entry in these)
            {
                if (entry.IsCounted && !(SegmentMemberships.Search(others, entry.SegmentId) is >= 0 and var at && others[at].IsCounted))
                {
                    learning.Observe(tenant, new StoredSegmentCount { SegmentId = entry.SegmentId, Clients = clients });
                }
            }
        }
    }
}
