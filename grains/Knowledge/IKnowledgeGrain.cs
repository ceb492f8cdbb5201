using Footprint.Grid.Grains.Messages;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>Adds up what all silos learn about one shard of a tenant's items; its key is <c>tenant/shard</c>. Calls interleave.</summary>
[Alias("fg.knowledge")]
internal interface IKnowledgeGrain : IGrainWithStringKey
{
    /// <summary>Body: a KnowledgeDelta. Answered when it is durable; one that comes again is answered at once and changes nothing.</summary>
    [AlwaysInterleave]
    [Alias("add")]
    Task<Payload> AddAsync(Payload delta);

    /// <summary>A FollowRequest, answered with a FollowResponse and the last entry as the number: at once when there is something new, else after a while.</summary>
    [AlwaysInterleave]
    [Alias("follow")]
    Task<Payload> FollowAsync(Payload request);
}
