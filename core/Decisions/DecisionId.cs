namespace Footprint.Grid.Core.Decisions;

/// <summary>Ids of decisions: 48 bits of time and 64 of the turn's seed in base 32, sortable by time.</summary>
internal static class DecisionId
{
    private const int Length = 23;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    private const char HoldoutMark = 'h';

    /// <summary>Ids of decisions for clients in a holdout say so at their end, so that an outcome can be told without anything being remembered.</summary>
    public static string OfHoldout(long nowMs, ulong seed) => Of(nowMs, seed) + HoldoutMark;

    public static bool IsHoldout(string id) => id.Length == Length + 1 && id[^1] == HoldoutMark;

    public static string Of(long nowMs, ulong seed) => string.Create(Length, (nowMs, seed), static (text, from) =>
    {
        ulong time = (ulong)from.nowMs;
        for (int i = 9; i >= 0; i--, time >>= 5)
        {
            text[i] = Digits[(int)(time & 31)];
        }

        ulong rest = from.seed;
        for (int i = 22; i >= 10; i--, rest >>= 5)
        {
            text[i] = Digits[(int)(rest & 31)];
        }
    });
}
