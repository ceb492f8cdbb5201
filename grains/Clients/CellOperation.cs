using Footprint.Grid.Grains.Engine;

namespace Footprint.Grid.Grains.Clients;

/// <summary>What clients and sweeps ask of clients, beside every <see cref="ClientOperation"/>. Sent between processes: the numbers stay as they are.</summary>
internal static class CellOperation
{
    /// <summary>Body: the known client's id. The answer is a <see cref="Identity.LinkOffer"/>; nothing changes here until the link has ended.</summary>
    public const ClientOperation BeginLink = (ClientOperation)101;

    /// <summary>Body: the known client's id. The link was made or not; what is so stands in Redis.</summary>
    public const ClientOperation EndLink = (ClientOperation)102;

    /// <summary>Body: the known client's id. Erases this id when it leads there; else it is somebody else's, or nobody's.</summary>
    public const ClientOperation EraseAlias = (ClientOperation)103;

    /// <summary>
    /// Body: none. Lets go of what the tenant's retention says is too old, and moves the client between segments; the answer's number is
    /// a <see cref="Core.Retention.SweepResult"/> when it is durable.
    /// </summary>
    public const ClientOperation Sweep = (ClientOperation)104;

    /// <summary>As <see cref="BeginLink"/>, for a link that is to end.</summary>
    public const ClientOperation BeginUnlink = (ClientOperation)105;

    /// <summary>Body: an id that was handed over to another client. It is not among those that lead here any more, unless it does again.</summary>
    public const ClientOperation Release = (ClientOperation)106;
}
