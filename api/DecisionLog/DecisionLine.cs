using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Footprint.Grid.Core.Decisions;

namespace Footprint.Grid.Api.DecisionLog;

/// <summary>
/// One line of the log, with its end:
/// <c>{"decision":"9f86d081884c7d65","time":"2026-11-22T10:00:00.000Z","place":"home","action":"i7","propensity":0.25,"target":{"i9":1}}</c>
/// for a decision, target being what would have been put first without anything learned, and
/// <c>{"decision":"9f86d081884c7d65","time":"…","action":"i7","reward":1}</c> for what came of it.
/// </summary>
internal static class DecisionLine
{
    public static byte[] Of(in LoggedDecision decision)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Begin(json, decision.Decision, decision.TimeMs);
            json.WriteString("place", decision.Placement);
            json.WriteString("action", decision.ItemId);
            json.WriteNumber("propensity", decision.Propensity);
            json.WriteStartObject("target");
            json.WriteNumber(decision.Unlearned, 1);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return End(bytes);
    }

    public static byte[] Of(in LoggedReward reward)
    {
        var bytes = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Begin(json, reward.Decision, reward.TimeMs);
            json.WriteString("action", reward.ItemId);
            json.WriteNumber("reward", reward.Reward);
            json.WriteEndObject();
        }

        return End(bytes);
    }

    private static void Begin(Utf8JsonWriter json, ulong decision, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("decision", decision.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static byte[] End(ArrayBufferWriter<byte> bytes)
    {
        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
