using System.Text;
using System.Text.RegularExpressions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace Footprint.Grid.Core.Validation;

/// <summary>The checks that many messages share. Each adds a fault that names the field and the limit.</summary>
internal static partial class FieldChecks
{
    public const int MaxIdBytes = 128;
    public const int MaxTopics = 32;
    public const int MaxAttributes = 64;
    public const int MaxTextBytes = 2048;
    public const double MaxWeight = 1000;

    public static void Id(this List<Fault> faults, string field, string value)
    {
        if (!IsText(value, 1, MaxIdBytes))
        {
            faults.Add(new Fault(field, "an id is missing, too long or has control characters", $"1 to {MaxIdBytes} bytes of UTF-8"));
        }
    }

    public static void OptionalId(this List<Fault> faults, string field, string value)
    {
        if (value.Length > 0)
        {
            faults.Id(field, value);
        }
    }

    public static void Text(this List<Fault> faults, string field, string value, int maxBytes = MaxTextBytes)
    {
        if (!IsText(value, 0, maxBytes))
        {
            faults.Add(new Fault(field, "a text is too long or has control characters", $"at most {maxBytes} bytes of UTF-8"));
        }
    }

    public static void Name(this List<Fault> faults, string field, string value)
    {
        if (!IsText(value, 1, 64))
        {
            faults.Add(new Fault(field, "a name is missing, too long or has control characters", "1 to 64 bytes of UTF-8"));
        }
    }

    public static void Size(this List<Fault> faults, string field, int count, int least, int most)
    {
        if (count < least || count > most)
        {
            faults.Add(new Fault(field, $"has {count} entries", least == 0 ? $"at most {most}" : $"{least} to {most}"));
        }
    }

    public static void Range(this List<Fault> faults, string field, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add(new Fault(field, $"is {value}", $"{least} to {most}"));
        }
    }

    public static void Topics(this List<Fault> faults, string field, RepeatedField<TopicWeight> topics)
    {
        if (topics.Count > MaxTopics)
        {
            faults.Size(field, topics.Count, 0, MaxTopics);
            return;
        }

        for (int i = 0; i < topics.Count; i++)
        {
            TopicWeight topic = topics[i];
            if (!IsText(topic.Topic, 1, MaxIdBytes))
            {
                faults.Id($"{field}[{i}].topic", topic.Topic);
            }

            if (!(topic.Weight > 0 && topic.Weight <= MaxWeight))
            {
                faults.Add(new Fault($"{field}[{i}].weight", $"is {topic.Weight}", $"0 < weight <= {MaxWeight}"));
            }
        }
    }

    public static void Attributes(this List<Fault> faults, string field, MapField<string, string> map)
    {
        if (map.Count == 0)
        {
            return;
        }

        if (map.Count > MaxAttributes)
        {
            faults.Size(field, map.Count, 0, MaxAttributes);
            return;
        }

        foreach ((string key, string value) in map)
        {
            faults.Id($"{field} key", key);
            faults.Text($"{field}.{key}", value);
        }
    }

    public static void Context(this List<Fault> faults, string field, Context? context)
    {
        if (context is not null)
        {
            faults.Channel($"{field}.channel", context.Channel);
            faults.Topics($"{field}.topics", context.Topics);
            faults.Attributes($"{field}.attributes", context.Attributes);
        }
    }

    /// <summary>A value that the contract has; protobuf lets any number through.</summary>
    public static void Known<T>(this List<Fault> faults, string field, T value, string limit)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add(new Fault(field, $"is {value:D}, which is unknown", limit));
        }
    }

    public static void Channel(this List<Fault> faults, string field, FootprintEvent.Types.Channel channel) =>
        faults.Known(field, channel, "WEB..OUT_OF_HOME");

    /// <summary>1 to 64 of a-z, 0-9, '_' and '-', a letter first.</summary>
    public static bool IsToken(string value) => TokenPattern().IsMatch(value);

    /// <summary>A tenant-defined purpose or the like.</summary>
    public static void Token(this List<Fault> faults, string field, string value)
    {
        if (!IsToken(value))
        {
            faults.Add(new Fault(field, "is not a name", "1 to 64 of a-z, 0-9, '_' and '-', a letter first"));
        }
    }

    /// <summary>Milliseconds since the epoch; false with a fault when the time is not one or lies before 1970.</summary>
    public static bool Time(this List<Fault> faults, string field, Timestamp time, out long ms)
    {
        ms = 0;
        if (time.Seconds is < 0 or > 253402300799 || time.Nanos is < 0 or > 999_999_999)
        {
            faults.Add(new Fault(field, "is not a time", "from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z"));
            return false;
        }

        ms = (time.Seconds * 1000) + (time.Nanos / 1_000_000);
        return true;
    }

    /// <summary>A country's code, ISO 3166-1: two capitals.</summary>
    public static bool IsCountry(string text) => text.Length == 2 && !text.AsSpan().ContainsAnyExceptInRange('A', 'Z');

    public static bool IsText(string value, int leastBytes, int mostBytes)
    {
        // Three bytes of UTF-8 are the most that one UTF-16 unit takes.
        bool fits = value.Length >= leastBytes
            && (value.Length * 3 <= mostBytes || (value.Length <= mostBytes && Encoding.UTF8.GetByteCount(value) <= mostBytes));
        return fits && value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();
}
