using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Recency, frequency and money of purchases of the same data categories, and of which event types they were; money by currency.
/// Past the bounds the currency or type last in name goes.
/// </summary>
internal sealed class MoneySum
{
    private readonly SortedList<string, double> _spent = new(0, StringComparer.Ordinal);

    private readonly SortedSet<string> _types = new(StringComparer.Ordinal);

    public long LastPurchaseMs { get; private set; }

    public ulong Purchases { get; private set; }

    public bool HasTypes => _types.Count > 0;

    public void Add(string type, long timeMs, Footprint.Grid.V1.Value? value)
    {
        Note(type);
        LastPurchaseMs = Purchases == 0 ? timeMs : Math.Max(LastPurchaseMs, timeMs);
        Purchases++;
        if (value is not null)
        {
            Spend(value.Currency, value.Amount);
        }
    }

    public double Spent(string currency) => _spent.GetValueOrDefault(currency);

    public void Merge(MoneySum other)
    {
        if (other.Purchases == 0)
        {
            return;
        }

        LastPurchaseMs = Purchases == 0 ? other.LastPurchaseMs : Math.Max(LastPurchaseMs, other.LastPurchaseMs);
        Purchases += other.Purchases;
        foreach ((string currency, double amount) in other._spent)
        {
            Spend(currency, amount);
        }

        foreach (string type in other._types)
        {
            Note(type);
        }
    }

    public Money? View()
    {
        if (Purchases == 0)
        {
            return null;
        }

        var money = new Money { LastPurchase = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(LastPurchaseMs)), Purchases = Purchases };
        foreach ((string currency, double amount) in _spent)
        {
            money.Spent.Add(new Footprint.Grid.V1.Value { Currency = currency, Amount = amount });
        }

        return money;
    }

    public StoredMoney? Save()
    {
        if (Purchases == 0)
        {
            return null;
        }

        var stored = new StoredMoney { LastPurchaseMs = LastPurchaseMs, Purchases = Purchases };
        foreach ((string currency, double amount) in _spent)
        {
            stored.Spent.Add(new Footprint.Grid.V1.Value { Currency = currency, Amount = amount });
        }

        stored.Types_.AddRange(_types);
        return stored;
    }

    public void Load(StoredMoney stored, SharedStrings strings)
    {
        LastPurchaseMs = stored.LastPurchaseMs;
        Purchases = stored.Purchases;
        foreach (Footprint.Grid.V1.Value v in stored.Spent)
        {
            Spend(v.Currency, v.Amount);
        }

        foreach (string type in stored.Types_)
        {
            Note(strings.Share(type));
        }
    }

    public void Note(string type)
    {
        if (_types.Add(type) && _types.Count > ProfileLimits.EventTypes)
        {
            _types.Remove(_types.Max!);
        }
    }

    private void Spend(string currency, double amount)
    {
        _spent[currency] = _spent.GetValueOrDefault(currency) + amount;
        if (_spent.Count > ProfileLimits.Currencies)
        {
            _spent.RemoveAt(_spent.Count - 1);
        }
    }
}
