using System.Runtime.CompilerServices;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Writes an answer's bytes straight from its picks, as <see cref="PickContentEncoder"/> does from its messages.</summary>
internal static class PickBytes
{
    /// <param name="picks">Of the answer.</param>
    /// <param name="catalog">That they are from.</param>
    /// <param name="rest">All of the answer but its picks, without a probe.</param>
    /// <returns>The bytes, good until the thread encodes again; empty when they are more than 64 KiB.</returns>
    public static ReadOnlySpan<byte> Encode(PickList picks, CatalogSnapshot catalog, PickContentResponse rest)
    {
        NameTable ids = catalog.Ids;
        NameTable topics = catalog.Topics;
        BackwardWriter writer = PickContentEncoder.Begin(rest);
        for (int i = picks.Count - 1; i >= 0; i--)
        {
            ref readonly PickList.Pick pick = ref picks[i];
            ReadOnlySpan<PickList.Reason> reasons = picks.ReasonsOf(pick);
            int end = writer.Position;
            for (int r = reasons.Length - 1; r >= 0; r--)
            {
                ref readonly PickList.Reason reason = ref reasons[r];
                NameTable names = reason.Kind == Reason.Types.Kind.CoVisit ? ids : topics;
                ref readonly ShortText key = ref reason.Key < 0 ? ref ShortText.None : ref names.Text(reason.Key);
                if (reason.Key < 0 || key.Length > 0)
                {
                    Write(ref writer, reason, key);
                }
                else
                {
                    int endOfReason = writer.Position;
                    writer.Double(0x19, reason.Contribution);
                    writer.Text(0x12, names.Name(reason.Key));
                    writer.Varint(0x08, (ulong)reason.Kind);
                    writer.Length(0x2A, endOfReason);
                }
            }

            writer.Varint(0x18, (ulong)MatchPercent.Of(pick.Score));
            writer.Double(0x11, pick.Score);
            ref readonly ShortText id = ref ids.Text(pick.Slot);
            if (id.Length > 0)
            {
                writer.Text(0x0A, id);
            }
            else
            {
                writer.Text(0x0A, ids.Name(pick.Slot));
            }

            writer.Length(0x12, end);
        }

        return PickContentEncoder.End(writer, rest);
    }

    // A reason with a short key is of known size, and there are fifty in an answer: its tags and lengths, below 128 all of them, go
    // with one store each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref BackwardWriter writer, in PickList.Reason reason, in ShortText key)
    {
        const int NumberBytes = 1 + sizeof(double), HeadBytes = 4, TagAndLength = 2;
        int keyBytes = key.Length > 0 ? TagAndLength + key.Length : 0;
        ref byte end = ref writer.Take(HeadBytes + keyBytes + NumberBytes);
        if (Unsafe.IsNullRef(ref end))
        {
            return;
        }

        Unsafe.WriteUnaligned(ref Unsafe.Subtract(ref end, sizeof(double)), reason.Contribution);
        end = ref Unsafe.Subtract(ref end, NumberBytes);
        end = 0x19;
        key.CopyBefore(ref end);
        end = ref Unsafe.Subtract(ref end, keyBytes);
        if (keyBytes > 0)
        {
            Unsafe.WriteUnaligned(ref end, (ushort)(0x12 | (key.Length << 8)));
        }

        uint head = 0x2Au | ((uint)(TagAndLength + keyBytes + NumberBytes) << 8) | (0x08u << 16) | ((uint)reason.Kind << 24);
        Unsafe.WriteUnaligned(ref Unsafe.Subtract(ref end, HeadBytes), head);
    }
}
