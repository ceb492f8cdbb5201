using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Tests.Campaigns;

/// <summary>A client that is its impressions, its affinities and one document of attributes.</summary>
internal sealed class FakeClient : IImpressionCounter, ITopicAffinity
{
    public List<(StoredImpression.Types.Kind Kind, string Key, long TimeMs)> Shown { get; } = [];

    public Dictionary<string, double> Likes { get; } = [];

    public AttributeDocument Attributes { get; init; } = AttributeDocument.Empty;

    public AdAudience At(long nowMs) => new(nowMs, Attributes, this, this);

    public int Count(StoredImpression.Types.Kind kind, string key, string recipient, long sinceMs) =>
        Shown.Count(s => s.Kind == kind && s.Key == key && s.TimeMs > sinceMs);

    public double Affinity(string topic) => Likes.GetValueOrDefault(topic);
}
