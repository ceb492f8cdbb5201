namespace Footprint.Grid.Core.Campaigns;

/// <summary>What a client likes.</summary>
public interface ITopicAffinity
{
    /// <summary>Decayed affinity for a topic: 0 when nothing is known, below 0 for a dislike, no upper bound.</summary>
    double Affinity(string topic);
}
