using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Learning;

/// <summary>All knowledge of a process as one piece of bytes, for a store of its own.</summary>
public sealed partial class KnowledgeBase
{
    /// <summary>Bytes for a store, to go on from after a restart. One caller at a time, never together with <see cref="Publish"/>.</summary>
    public byte[] Save()
    {
        _buffer.Drain(Learn);
        LearnOutcomes();
        var stored = new StoredKnowledge
        {
            ReferenceMs = _decay.ReferenceMs,
            OutcomeReferenceMs = _outcomeDecay.ReferenceMs,
        };

        // Numbers without those that are nobody's now.
        int[] numbers = new int[_items.Count];
        int kept = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _items[i].IsGone ? -1 : kept++;
        }

        foreach (LearnedItem item in _items)
        {
            if (item.IsGone)
            {
                continue;
            }

            var entry = new StoredItemKnowledge { ItemId = item.Id, Count = item.Count };
            for (int i = 0; i < item.Neighbours; i++)
            {
                if (numbers[item.Number(i)] is var number and >= 0)
                {
                    entry.Neighbours.Add((uint)number);
                    entry.Weights.Add(item.Weight(i));
                }
            }

            item.Outcomes?.Save(entry.Outcomes);
            stored.Items.Add(entry);
        }

        foreach (PlacementModel model in _placements.Values)
        {
            stored.Placements.Add(Saved(model));
        }

        _counts.Save(stored);
        return stored.ToByteArray();
    }

    /// <exception cref="CorruptRecordException">Not what <see cref="Save"/> gave.</exception>
    public static KnowledgeBase Load(ReadOnlySpan<byte> saved)
    {
        StoredKnowledge stored;
        try
        {
            stored = StoredKnowledge.Parser.ParseFrom(saved);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            throw new CorruptRecordException("The bytes are not saved knowledge.", e);
        }

        var knowledge = new KnowledgeBase();
        if (stored.Items.Count > 0)
        {
            knowledge._decay.Growth(stored.ReferenceMs);
        }

        foreach (StoredItemKnowledge entry in stored.Items)
        {
            if (entry.Neighbours.Count != entry.Weights.Count || entry.Neighbours.Any(n => n >= stored.Items.Count))
            {
                throw new CorruptRecordException($"The neighbours of item {entry.ItemId} are not those of saved knowledge.");
            }

            if (knowledge.Touch(entry.ItemId) is not { } item)
            {
                throw new CorruptRecordException($"Saved knowledge of more than {MaxItems} items.");
            }

            knowledge.CountAct(item, entry.Count);
            for (int i = 0; i < entry.Neighbours.Count; i++)
            {
                item.Add((int)entry.Neighbours[i], entry.Weights[i]);
            }

            // What is stored can wait for what comes.
            item.Settle();

            knowledge.LoadOutcomes(entry.ItemId, entry.Outcomes, stored.OutcomeReferenceMs);
        }

        foreach (StoredOutcomes placement in stored.Placements)
        {
            knowledge.LoadOutcomes(PlacementKey.Of(placement.Placement), [placement], stored.OutcomeReferenceMs);
        }

        knowledge._counts.Load(stored);
        return knowledge;
    }
}
