using Footprint.Grid.Grains.Engine;

namespace Footprint.Grid.Grains.Clients;

/// <summary>What clients ask of each other, beside every <see cref="ClientOperation"/>. Sent between processes: the numbers stay as they are.</summary>
internal static class CellOperation
{
    /// <summary>Body: the known client's id. The answer is a <see cref="Identity.LinkOffer"/>; nothing changes here until the link has ended.</summary>
    public const ClientOperation BeginLink = (ClientOperation)101;

    /// <summary>Body: the known client's id. The link was made or not; what is so stands in Redis.</summary>
    public const ClientOperation EndLink = (ClientOperation)102;

    /// <summary>Body: none. Erases this client though it is a part of another.</summary>
    public const ClientOperation EraseAlias = (ClientOperation)103;
}
