using Footprint.Grid.Grains.Messages;
using Orleans.Concurrency;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>Owns one tenant's definitions; its key is the tenant's name. Calls interleave: while one waits others go on.</summary>
[Alias("fg.definitions")]
internal interface IDefinitionsGrain : IGrainWithStringKey
{
    /// <summary>Kind: a <see cref="DefinitionsOperation"/>; number: the deadline; body: its request. The answer is its response.</summary>
    [AlwaysInterleave]
    [Alias("call")]
    Task<Payload> CallAsync(Payload request);

    /// <summary>A FollowRequest, answered with a FollowResponse and the current version as the number: at once when there is something new, else after a while.</summary>
    [AlwaysInterleave]
    [Alias("follow")]
    Task<Payload> FollowAsync(Payload request);
}
