using System.Text;

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
        var fields = new FieldReader(request);
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
        var fields = new FieldReader(request);
        while (fields.Next())
        {
            if (fields.Number != EventsOfBatch || !fields.IsBytes)
            {
                continue;
            }

            bool hasId = false;
            ReadOnlySpan<byte> own = default;
            var inner = new FieldReader(fields.Bytes);
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

    private ref struct FieldReader(ReadOnlySpan<byte> bytes)
    {
        private const int Varint = 0;
        private const int Fixed64 = 1;
        private const int LengthPrefixed = 2;
        private const int Fixed32 = 5;
        private ReadOnlySpan<byte> _rest = bytes;

        public int Number { get; private set; }

        public bool IsBytes { get; private set; }

        /// <summary>Of a number of varying length.</summary>
        public ulong Value { get; private set; }

        public ReadOnlySpan<byte> Bytes { get; private set; }

        /// <summary>Not a message, or one with groups.</summary>
        public bool IsBroken { get; private set; }

        public bool Next()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            ulong tag = Read();
            Number = (int)(tag >> 3);
            IsBytes = (tag & 7) == LengthPrefixed;
            switch ((int)(tag & 7))
            {
                case Varint:
                    Value = Read();
                    break;
                case Fixed64:
                    Skip(8);
                    break;
                case LengthPrefixed:
                    Bytes = Skip(Read());
                    break;
                case Fixed32:
                    Skip(4);
                    break;
                default:
                    IsBroken = true;
                    break;
            }

            IsBroken |= Number == 0;
            return !IsBroken;
        }

        private ReadOnlySpan<byte> Skip(ulong length)
        {
            if (length > (ulong)_rest.Length)
            {
                IsBroken = true;
                return default;
            }

            ReadOnlySpan<byte> skipped = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return skipped;
        }

        private ulong Read()
        {
            ulong value = 0;
            for (int i = 0; i < _rest.Length && i < 10; i++)
            {
                value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
                if (_rest[i] < 0x80)
                {
                    _rest = _rest[(i + 1)..];
                    return value;
                }
            }

            IsBroken = true;
            return 0;
        }
    }
}
