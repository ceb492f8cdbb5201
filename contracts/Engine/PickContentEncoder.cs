using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Writes a <see cref="PickContentResponse"/> as the generated code does, byte for byte, but from its end to its start:
/// a nested message's length is then known when it is due. The generated code measures each reason three times before
/// it writes it, which was a quarter of what a pick cost.
/// </summary>
public static class PickContentEncoder
{
    /// <summary>The bytes, good until the thread encodes again; empty when they are more than 64 KiB or hold a probe, for the generated code to write.</summary>
    public static ReadOnlySpan<byte> Encode(PickContentResponse response)
    {
        if (response.Probe is not null)
        {
            return [];
        }

        BackwardWriter writer = Begin(response);
        for (int i = response.Picks.Count - 1; i >= 0; i--)
        {
            Pick pick = response.Picks[i];
            int end = writer.Position;
            writer.Double(0x31, pick.Propensity);
            for (int r = pick.Reasons.Count - 1; r >= 0; r--)
            {
                int endOfReason = writer.Position;
                Reason reason = pick.Reasons[r];
                writer.Text(0x22, reason.Text);
                writer.Double(0x19, reason.Contribution);
                writer.Text(0x12, reason.Key);
                writer.Varint(0x08, (ulong)reason.Kind);
                writer.Length(0x2A, endOfReason);
            }

            writer.Varint(0x20, pick.Calibrated ? 1u : 0);
            writer.Varint(0x18, (ulong)pick.MatchPercent);
            writer.Double(0x11, pick.Score);
            writer.Text(0x0A, pick.ItemId);
            writer.Length(0x12, end);
        }

        return End(writer, response);
    }

    /// <summary>What comes after the picks; these are written next, the last one first. The response holds no probe.</summary>
    internal static BackwardWriter Begin(PickContentResponse response)
    {
        var writer = BackwardWriter.Begin();
        for (int i = response.Withheld.Count - 1; i >= 0; i--)
        {
            writer.Text(0x32, response.Withheld[i]);
        }

        writer.Varint(0x28, response.ProfileVersion);
        writer.Varint(0x20, (ulong)response.Fallback);
        writer.Varint(0x18, response.Personalized ? 1u : 0);
        return writer;
    }

    /// <summary>What comes before the picks.</summary>
    internal static ReadOnlySpan<byte> End(BackwardWriter writer, PickContentResponse response)
    {
        writer.Text(0x0A, response.DecisionId);
        return writer.Written;
    }
}
