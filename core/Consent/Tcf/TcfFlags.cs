namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>Purposes or special features, by the numbers that the framework gives them: the first is 1, the last at most 24.</summary>
public readonly record struct TcfFlags(int Bits, int Count)
{
    /// <summary>Whether that number is set; false for a number that is none.</summary>
    public bool Has(int number) => number >= 1 && number <= Count && ((Bits >> (Count - number)) & 1) == 1;

    internal static TcfFlags Read(ref TcfBits bits, int count, string field) => new(bits.ReadInt(count, field), count);
}
