using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Attributes with their provenance, one value a name. The later statement holds; at the same instant a declared one
/// before an observed, derived or imported one, then the greater value, so that the order of arrival has no say.
/// Past the bound the oldest goes.
/// </summary>
internal sealed class TraitTable
{
    private readonly List<StoredTrait> _traits = new(0);

    public IReadOnlyList<StoredTrait> All => _traits;

    public StoredTrait? Find(string name)
    {
        foreach (StoredTrait trait in _traits)
        {
            if (trait.Name == name)
            {
                return trait;
            }
        }

        return null;
    }

    public void Put(StoredTrait trait)
    {
        int at = _traits.FindIndex(t => t.Name == trait.Name);
        if (at >= 0)
        {
            if (Compare(trait, _traits[at]) > 0)
            {
                _traits[at] = trait;
            }

            return;
        }

        _traits.Add(trait);
        if (_traits.Count > ProfileLimits.Traits)
        {
            _traits.RemoveAt(Oldest());
        }
    }

    public void Merge(TraitTable other)
    {
        foreach (StoredTrait trait in other._traits)
        {
            Put(trait.Clone());
        }
    }

    public void Save(RepeatedField<StoredTrait> to)
    {
        foreach (StoredTrait trait in _traits)
        {
            to.Add(trait.Clone());
        }
    }

    public void Load(RepeatedField<StoredTrait> from)
    {
        foreach (StoredTrait trait in from)
        {
            Put(trait);
        }
    }

    private int Oldest()
    {
        int oldest = 0;
        for (int i = 1; i < _traits.Count; i++)
        {
            if (_traits[i].TimeMs < _traits[oldest].TimeMs)
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private static int Compare(StoredTrait a, StoredTrait b)
    {
        int order = a.TimeMs.CompareTo(b.TimeMs);
        if (order == 0)
        {
            order = ((int)b.Provenance).CompareTo((int)a.Provenance);
        }

        return order != 0 ? order : string.CompareOrdinal(a.Value, b.Value);
    }
}
