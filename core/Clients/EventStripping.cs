using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Takes out of an event what may not be kept, before the journal sees it.</summary>
internal static class EventStripping
{
    /// <summary>What kinds of data an act is: what was bought, what was said, both, else what was done.</summary>
    public static DataCategories Categories(EventType row)
    {
        DataCategories said = (row.Purchase ? DataCategories.Purchases : DataCategories.None) | (row.Declares ? DataCategories.Declared : DataCategories.None);
        return said == DataCategories.None ? DataCategories.Behaviour : said;
    }

    /// <summary>False when nothing of it may be kept.</summary>
    public static bool Strip(StoredEvent e, DataCategories keepable)
    {
        if (keepable == DataCategories.All)
        {
            return true;
        }

        for (int i = e.Traits.Count - 1; i >= 0; i--)
        {
            DataCategories trait = CategoryNames.OfTrait(e.Traits[i].Category) | (e.Active && !e.Imported ? DataCategories.Declared : 0);
            if (!keepable.Permits(trait))
            {
                e.Traits.RemoveAt(i);
            }
        }

        if (!keepable.Permits((DataCategories)e.Categories))
        {
            e.TraitsOnly = true;
            e.Type = e.ItemId = "";
            e.Categories = 0;
            e.Topics.Clear();
            e.Purchase = e.Spent = e.Declared = false;
            (e.Value, e.Weight, e.HalfLifeS) = (null, 0, 0);
            e.Converted = false;

            // That the client wants to see an ad no more is an order and no fact about it.
            return e.Traits.Count > 0 || e.Dismissed;
        }

        if (!keepable.Permits(DataCategories.Purchases))
        {
            e.Value = null;
        }

        if (!e.Declared && !keepable.Permits(DataCategories.Inferred))
        {
            e.Topics.Clear();
        }

        return true;
    }
}
