using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What a client bought, in two sums, since some acts of buying also declare something: whoever may use one category and not
/// the other gets what is of that one alone.
/// </summary>
internal sealed class MoneyLedger
{
    private const DataCategories BoughtAndSaid = DataCategories.Purchases | DataCategories.Declared;

    private MoneySum? _bought;
    private MoneySum? _said;

    /// <summary>All of them, whatever may be used.</summary>
    public ulong Purchases => Count(DataCategories.All);

    /// <param name="categories">Of the act; one that does not declare is a purchase alone.</param>
    public void Add(string type, long timeMs, Footprint.Grid.V1.Value? value, DataCategories categories)
    {
        MoneySum sum = (categories & DataCategories.Declared) != 0 ? _said ??= new MoneySum() : _bought ??= new MoneySum();
        sum.Add(type, timeMs, value);
    }

    /// <summary>How many purchases there were that may be used.</summary>
    public ulong Count(DataCategories allowed) => (Bought(allowed)?.Purchases ?? 0) + (Said(allowed)?.Purchases ?? 0);

    /// <summary>What was spent by them.</summary>
    public double Spent(string currency, DataCategories allowed) =>
        (Bought(allowed)?.Spent(currency) ?? 0) + (Said(allowed)?.Spent(currency) ?? 0);

    /// <summary>The categories of what is there and may be used.</summary>
    public DataCategories Categories(DataCategories allowed) =>
        (Bought(allowed) is null ? DataCategories.None : DataCategories.Purchases)
        | (Said(allowed) is null ? DataCategories.None : BoughtAndSaid);

    /// <summary>What may be used, added up; null when there is none.</summary>
    public Money? View(DataCategories allowed)
    {
        if (Bought(allowed) is not { } bought)
        {
            return Said(allowed)?.View();
        }

        if (Said(allowed) is not { } said)
        {
            return bought.View();
        }

        var both = new MoneySum();
        both.Merge(bought);
        both.Merge(said);
        return both.View();
    }

    /// <summary>Leaves out what is of one of these categories.</summary>
    public void Forget(DataCategories categories)
    {
        _bought = (categories & DataCategories.Purchases) != 0 ? null : _bought;
        _said = (categories & BoughtAndSaid) != 0 ? null : _said;
    }

    public void Merge(MoneyLedger other)
    {
        if (other._bought is { } bought)
        {
            (_bought ??= new MoneySum()).Merge(bought);
        }

        if (other._said is { } said)
        {
            (_said ??= new MoneySum()).Merge(said);
        }
    }

    public void Save(StoredProfile to)
    {
        to.Money = _bought?.Save();
        to.DeclaredMoney = _said?.Save();
    }

    public void Load(StoredProfile stored, SharedStrings strings)
    {
        _bought = Load(stored.Money, strings);
        _said = Load(stored.DeclaredMoney, strings);
        if (_bought is { HasTypes: false })
        {
            // Of a version that did not note the types: what else is kept of purchases tells them.
            foreach (string type in stored.Counters.Where(c => IsPurchase(c.Categories)).Select(c => c.Type)
                .Concat(stored.RecentItems.Where(i => IsPurchase(i.Categories)).Select(i => i.Type)))
            {
                _bought.Note(strings.Share(type));
            }
        }
    }

    private static MoneySum? Load(StoredMoney? stored, SharedStrings strings)
    {
        if (stored is null || stored.Purchases == 0)
        {
            return null;
        }

        var sum = new MoneySum();
        sum.Load(stored, strings);
        return sum;
    }

    private static bool IsPurchase(uint categories) => (CategoryNames.OfStored(categories) & DataCategories.Purchases) != 0;

    private MoneySum? Bought(DataCategories allowed) => allowed.Permits(DataCategories.Purchases) ? _bought : null;

    private MoneySum? Said(DataCategories allowed) => allowed.Permits(BoughtAndSaid) ? _said : null;
}
