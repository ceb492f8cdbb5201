namespace Footprint.Grid.Contracts.Tests;

/// <summary>Texts of letters of one to four bytes.</summary>
internal static class AnyText
{
    private static readonly string[] _alphabet = ["a", "b-", "é", "語", "😀", "item-"];

    public static string Of(Random random)
    {
        // Half of them plain ASCII, as ids are.
        bool isPlain = random.Next(2) == 0;
        return string.Concat(Enumerable.Range(0, random.Next(18)).Select(_ => isPlain ? "id" : _alphabet[random.Next(_alphabet.Length)]));
    }
}
