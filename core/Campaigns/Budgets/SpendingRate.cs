namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>What was spent in about a second, in millionths.</summary>
internal struct SpendingRate
{
    private long _second;
    private long _spent;
    private long _before;

    public void Spend(long price, long nowMs)
    {
        Turn(nowMs);
        _spent += price;
    }

    public void TakeBack(long price) => _spent = Math.Max(0, _spent - price);

    /// <summary>The more of this second and the one before it.</summary>
    public long InASecond(long nowMs)
    {
        Turn(nowMs);
        return Math.Max(_before, _spent);
    }

    private void Turn(long nowMs)
    {
        long second = nowMs / 1000;
        if (second != _second)
        {
            (_before, _spent, _second) = (second == _second + 1 ? _spent : 0, 0, second);
        }
    }
}
