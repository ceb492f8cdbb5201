using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Engine;

/// <summary>
/// Reads a <see cref="StreamRequest"/> into one that was used before, events and all: of a stream's every event the generated
/// code would make a dozen objects. It still reads what events seldom have.
/// </summary>
public static class StreamRequestDecoder
{
    private static readonly MessageParser<FootprintEvent> _events = FootprintEvent.Parser.WithDiscardUnknownFields(true);

    /// <summary>False when the generated code is to read the message; what <paramref name="into"/> holds then has no meaning.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, StreamRequest into)
    {
        into.Ack = RecordRequest.Types.Ack.Unspecified;
        into.Sequence = 0;
        int count = 0;
        var reader = new ForwardReader(bytes);
        for (uint tag; (tag = reader.Tag()) != 0;)
        {
            switch (tag)
            {
                case 0x08:
                    into.Ack = (RecordRequest.Types.Ack)reader.Varint();
                    break;
                case 0x12:
                    ReadOnlySpan<byte> e = reader.Bytes();
                    if (count == into.Events.Count)
                    {
                        into.Events.Add(new FootprintEvent());
                    }

                    if (!TryDecode(e, into.Events[count++]) && !TryParse(e, into, count - 1))
                    {
                        return false;
                    }

                    break;
                case 0x18:
                    into.Sequence = reader.Varint();
                    break;
                default:
                    return false;
            }
        }

        for (int i = into.Events.Count - 1; i >= count; i--)
        {
            into.Events.RemoveAt(i);
        }

        return !reader.Failed;
    }

    /// <summary>Makes every event what a new one is, so that what a batch held is not kept by it.</summary>
    public static void Clear(StreamRequest request)
    {
        for (int i = 0; i < request.Events.Count; i++)
        {
            Clear(request.Events[i]);
        }
    }

    private static void Clear(FootprintEvent e)
    {
        e.EventId = e.ClientId = e.Type = e.ItemId = e.Source = "";
        e.Imported = false;
        e.Time = null;
        e.Channel = FootprintEvent.Types.Channel.Unspecified;
        e.Kind = FootprintEvent.Types.Kind.Unspecified;
        e.Visibility = FootprintEvent.Types.Visibility.Unspecified;
        e.Value = null;
        e.Context = null;
        e.Topics.Clear();
        e.Traits.Clear();
        if (e.Properties.Count > 0)
        {
            e.Properties.Clear();
        }
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, FootprintEvent into)
    {
        Clear(into);
        var reader = new ForwardReader(bytes);
        for (uint tag; (tag = reader.Tag()) != 0;)
        {
            switch (tag)
            {
                case 0x0A:
                    into.EventId = reader.Text();
                    break;
                case 0x12:
                    into.ClientId = reader.Text();
                    break;
                case 0x1A:
                    into.Type = reader.Text();
                    break;
                case 0x22 when into.Time is null:
                    into.Time = Time(reader.Bytes(), ref reader);
                    break;
                case 0x28:
                    into.Channel = (FootprintEvent.Types.Channel)reader.Varint();
                    break;
                case 0x32:
                    into.ItemId = reader.Text();
                    break;
                case 0x50:
                    into.Kind = (FootprintEvent.Types.Kind)reader.Varint();
                    break;
                case 0x58:
                    into.Visibility = (FootprintEvent.Types.Visibility)reader.Varint();
                    break;
                default:
                    return false;
            }
        }

        return !reader.Failed;
    }

    private static Timestamp Time(ReadOnlySpan<byte> bytes, ref ForwardReader outer)
    {
        var time = new Timestamp();
        var reader = new ForwardReader(bytes);
        for (uint tag; (tag = reader.Tag()) != 0;)
        {
            switch (tag)
            {
                case 0x08:
                    time.Seconds = (long)reader.Varint();
                    break;
                case 0x10:
                    time.Nanos = (int)reader.Varint();
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }

        if (reader.Failed)
        {
            outer.Fail();
        }

        return time;
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, StreamRequest into, int at)
    {
        try
        {
            into.Events[at] = _events.ParseFrom(bytes);
            return true;
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
