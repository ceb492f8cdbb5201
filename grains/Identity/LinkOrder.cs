using System.Text;
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
    public static LinkOrder Of(in Payload request) => request.Operation switch
    {
        ClientOperation.Unlink => Of(UnlinkRequest.Parser.ParseFrom(request.Body.Span)),
        CellOperation.Release => Of(Encoding.UTF8.GetString(request.Body.Span)),
        _ => Of(LinkRequest.Parser.ParseFrom(request.Body.Span)),
    };

    private static LinkOrder Of(string handedOver) => new(
        handedOver, CellOperation.BeginUnlink, (known, turn, anonymous) => new UnlinkResponse { Unlinked = known.Release(turn, anonymous) });

    private static LinkOrder Of(LinkRequest link)
    {
        RequestValidator.Check(link);
        return new LinkOrder(link.AnonymousId, CellOperation.BeginLink, (known, turn, anonymous) => known.Link(turn, anonymous, link));
    }

    private static LinkOrder Of(UnlinkRequest unlink)
    {
        RequestValidator.Check(unlink);
        return new LinkOrder(unlink.AnonymousId, CellOperation.BeginUnlink, (known, turn, anonymous) => known.Unlink(turn, anonymous, unlink));
    }
}
