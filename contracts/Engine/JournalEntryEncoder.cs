using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Engine;

/// <summary>
/// Writes a <see cref="JournalEntry"/> that holds an event as the generated code does, byte for byte, but without
/// measuring its parts before. Every recorded event passes here.
/// </summary>
public static class JournalEntryEncoder
{
    /// <summary>
    /// The bytes, good until the thread encodes again; empty when the entry holds something else, what events seldom have,
    /// or more than 64 KiB, for the generated code to write.
    /// </summary>
    public static ReadOnlySpan<byte> Encode(JournalEntry entry)
    {
        if (entry.ChangeCase != JournalEntry.ChangeOneofCase.Event || HasRareFields(entry.Event))
        {
            return [];
        }

        var writer = BackwardWriter.Begin();
        int end = writer.Position;
        Write(ref writer, entry.Event);
        writer.Length(0x12, end);
        writer.Varint(0x08, entry.Sequence);
        return writer.Written;
    }

    private static bool HasRareFields(StoredEvent e) => e.Source.Length > 0 || e.Imported || e.TraitsOnly || e.Country.Length > 0 || e.Answer is not null
        || e.CampaignId.Length > 0 || e.LineItemId.Length > 0 || e.Dismissed || e.Converted;

    private static void Write(ref BackwardWriter writer, StoredEvent e)
    {
        writer.Varint(0x78, (ulong)e.Channel);
        writer.Varint(0x70, e.Categories);
        writer.Bool(0x68, e.Declared);
        writer.Bool(0x60, e.Spent);
        for (int i = e.Traits.Count - 1; i >= 0; i--)
        {
            int end = writer.Position;
            TraitValue trait = e.Traits[i];
            writer.Text(0x1A, trait.Category);
            writer.Text(0x12, trait.Value);
            writer.Text(0x0A, trait.Name);
            writer.Length(0x5A, end);
        }

        if (e.Value is { } value)
        {
            int end = writer.Position;
            writer.Text(0x12, value.Currency);
            writer.Double(0x09, value.Amount);
            writer.Length(0x52, end);
        }

        writer.Bool(0x48, e.Purchase);
        writer.Bool(0x40, e.Active);
        writer.Double(0x39, e.HalfLifeS);
        writer.Double(0x31, e.Weight);
        for (int i = e.Topics.Count - 1; i >= 0; i--)
        {
            int end = writer.Position;
            TopicWeight topic = e.Topics[i];
            writer.Double(0x11, topic.Weight);
            writer.Text(0x0A, topic.Topic);
            writer.Length(0x2A, end);
        }

        writer.Text(0x22, e.ItemId);
        writer.Zigzag(0x18, e.TimeMs);
        writer.Text(0x12, e.Type);
        writer.Fixed64(0x09, e.IdHash);
    }
}
