using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Recency, frequency and money of a client's purchases; money by currency. Past the bound the currency last in name goes.</summary>
internal sealed class MoneyLedger
{
    private readonly SortedList<string, double> _spent = new(0, StringComparer.Ordinal);

    public long LastPurchaseMs { get; private set; }

    public ulong Purchases { get; private set; }

    public void Add(long timeMs, Footprint.Grid.V1.Value? value)
    {
        LastPurchaseMs = Purchases == 0 ? timeMs : Math.Max(LastPurchaseMs, timeMs);
        Purchases++;
        if (value is not null)
        {
            Spend(value.Currency, value.Amount);
        }
    }

    public double Spent(string currency) => _spent.GetValueOrDefault(currency);

    public void Merge(MoneyLedger other)
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

        return stored;
    }

    public void Load(StoredMoney? stored)
    {
        if (stored is null)
        {
            return;
        }

        LastPurchaseMs = stored.LastPurchaseMs;
        Purchases = stored.Purchases;
        foreach (Footprint.Grid.V1.Value v in stored.Spent)
        {
            Spend(v.Currency, v.Amount);
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
