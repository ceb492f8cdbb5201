namespace Footprint.Grid.Core.Campaigns;

/// <summary>Which segments a client is in, as far as consent lets the decision know.</summary>
public interface ISegmentMembership
{
    bool IsIn(string segmentId);
}
