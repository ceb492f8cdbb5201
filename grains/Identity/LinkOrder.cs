using Footprint.Grid.Core.Clients;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Identity;

/// <summary>A link or its end, as the known client is asked for it.</summary>
/// <param name="AnonymousId">The other one.</param>
/// <param name="Begins">What that is asked to begin with.</param>
/// <param name="Take">The turn on both; its answer.</param>
internal sealed record LinkOrder(string AnonymousId, ClientOperation Begins, Func<ClientActor, Turn, ClientActor, IMessage> Take)
{
    public static LinkOrder Of(in Payload request) => request.Operation == ClientOperation.Unlink
        ? Of(UnlinkRequest.Parser.ParseFrom(request.Body.Span))
        : Of(LinkRequest.Parser.ParseFrom(request.Body.Span));

    private static LinkOrder Of(LinkRequest link)
    {
        RequestValidator.Check(link);
        return new LinkOrder(link.AnonymousId, CellOperation.BeginLink, (known, turn, anonymous) =>
        {
            LinkOutcome outcome = known.Link(turn, anonymous, link.Again);
            return new LinkResponse
            {
                ClientId = known.Key.ClientId,
                ProfileVersion = known.Profile.Version,
                Merged = outcome == LinkOutcome.Merged,
                HandedOver = outcome == LinkOutcome.HandedOver,
            };
        });
    }

    private static LinkOrder Of(UnlinkRequest unlink)
    {
        RequestValidator.Check(unlink);
        return new LinkOrder(unlink.AnonymousId, CellOperation.BeginUnlink, (known, turn, anonymous) =>
        {
            bool unlinked = known.Unlink(turn, anonymous, unlink.SignOut);
            return new UnlinkResponse { ClientId = known.Key.ClientId, ProfileVersion = known.Profile.Version, Unlinked = unlinked };
        });
    }
}
