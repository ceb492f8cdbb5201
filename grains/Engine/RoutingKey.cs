using System.Text;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Grains.Engine;

/// <summary>
/// Reads of a request's bytes whom it is about and nothing else: field 1 of a decision's request, field 2 of each event of
/// a batch. What it cannot read it leaves to the parser, which says what is wrong.
/// </summary>
internal static class RoutingKey
{
    private const int ClientIdOfDecision = 1;
    private const int DeadlineOfDecision = 7;
    private const int EventsOfBatch = 2;
    private const int IdOfEvent = 1;
    private const int ClientIdOfEvent = 2;

    /// <summary>The client that decides; empty for nobody. Null when the bytes must be parsed to tell.</summary>
    /// <param name="request">A PickContentRequest or TargetAdsRequest.</param>
    /// <param name="deadlineMs">How much time the request gives; 0 for as much as the caller waits.</param>
    public static string? OfDecision(ReadOnlySpan<byte> request, out int deadlineMs)
    {
        string id = "";
        deadlineMs = 0;
        var fields = new WireFields(request);
        while (fields.Next())
        {
            if (fields.Number == ClientIdOfDecision && fields.IsBytes)
            {
                id = Encoding.UTF8.GetString(fields.Bytes);
            }
            else if (fields.Number == DeadlineOfDecision && !fields.IsBytes)
            {
                deadlineMs = (int)Math.Min(fields.Value, int.MaxValue);
            }
        }

        return fields.IsBroken ? null : id;
    }

    /// <summary>The one client that all events are of; null when there are none, several, or the bytes must be parsed to tell.</summary>
    /// <param name="request">A RecordRequest or StreamRequest.</param>
    /// <param name="haveIds">Whether every event has an id, so that to send them again changes nothing.</param>
    public static string? OfBatch(ReadOnlySpan<byte> request, out bool haveIds)
    {
        haveIds = true;
        ReadOnlySpan<byte> client = default;
        var fields = new WireFields(request);
        while (fields.Next())
        {
            if (fields.Number != EventsOfBatch || !fields.IsBytes)
            {
                continue;
            }

            bool hasId = false;
            ReadOnlySpan<byte> own = default;
            var inner = new WireFields(fields.Bytes);
            while (inner.Next())
            {
                if (inner.Number == ClientIdOfEvent && inner.IsBytes)
                {
                    own = inner.Bytes;
                }
                else if (inner.Number == IdOfEvent && inner.IsBytes)
                {
                    hasId = inner.Bytes.Length > 0;
                }
            }

            if (inner.IsBroken || own.IsEmpty || (!client.IsEmpty && !client.SequenceEqual(own)))
            {
                return null;
            }

            client = own;
            haveIds &= hasId;
        }

        return fields.IsBroken || client.IsEmpty ? null : Encoding.UTF8.GetString(client);
    }
}
