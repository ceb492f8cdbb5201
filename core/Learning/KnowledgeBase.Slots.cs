using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Where learned items are in the catalog. Whoever is learned of before the catalog has it is found when it comes, and so goes with
/// what went with it: only new ids and items that changed are looked up.
/// </summary>
public sealed partial class KnowledgeBase
{
    private int _idsKnown;
    private bool _hasFoundOutcomes;

    private void FindSlots(CatalogSnapshot catalog)
    {
        // What is found touches others, which are looked at then.
        for (int i = 0; i < _touched.Count; i++)
        {
            LearnedItem item = _items[_touched[i]];
            if (item.Slot < 0 && !item.IsGone)
            {
                Find(item, catalog.Ids.Find(item.Id));
            }
        }

        for (int ids = catalog.Ids.Count; _idsKnown < ids; _idsKnown++)
        {
            if (_numbers.TryGetValue(catalog.Ids.Name(_idsKnown), out int number) && _items[number].Slot < 0)
            {
                Touch(number);
                Find(_items[number], _idsKnown);
            }
        }
    }

    private void Find(LearnedItem item, int slot)
    {
        if (slot < 0)
        {
            return;
        }

        item.Slot = slot;
        item.Unsettle();
        _hasFoundOutcomes |= item.Outcomes is not null;
        for (int i = 0; i < item.Neighbours; i++)
        {
            if (_items[item.Number(i)] is { IsIncomplete: true } other)
            {
                other.Unsettle();
                Touch(item.Number(i));
            }
        }
    }

    private LearnedItem Touch(int number)
    {
        LearnedItem item = _items[number];
        if (!item.IsTouched)
        {
            item.IsTouched = true;
            _touched.Add(number);
        }

        return item;
    }
}
