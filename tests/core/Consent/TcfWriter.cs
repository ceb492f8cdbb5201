using System.Globalization;
using System.Text;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>Writes a consent string bit by bit, so that tests can make any, good or bad.</summary>
internal sealed class TcfWriter
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly StringBuilder _bits = new();

    /// <summary>A core segment up to and with the purposes; vendors and restrictions are still to be written.</summary>
    public static TcfWriter Core(long updatedMs, int features, int consents, int interests, int version = 2) => new TcfWriter()
        .Number(version, 6).Number(updatedMs / 100, 36).Number(updatedMs / 100, 36).Number(7, 12).Number(1, 12).Number(0, 6)
        .Number(4, 6).Number(13, 6).Number(48, 12).Number(5, 6).Number(1, 1).Number(0, 1)
        .Number(features, 12).Number(consents, 24).Number(interests, 24).Number(0, 1).Number(4, 6).Number(18, 6);

    /// <summary>A whole string in which nothing but purposes and features is said.</summary>
    public static string Of(long updatedMs, int[] features, int[] consents, int[] interests, int[] vendors) =>
        Core(updatedMs, Flags(features, 12), Flags(consents, 24), Flags(interests, 24)).Vendors(vendors).Vendors(vendors).Number(0, 12).ToString();

    public static int Flags(IEnumerable<int> numbers, int count) => numbers.Sum(n => 1 << (count - n));

    public TcfWriter Number(long value, int bits)
    {
        _bits.Append(value.ToString($"B{bits}", CultureInfo.InvariantCulture));
        return this;
    }

    public TcfWriter Vendors(params int[] vendors)
    {
        int highest = vendors.DefaultIfEmpty().Max();
        Number(highest, 16).Number(0, 1);
        for (int vendor = 1; vendor <= highest; vendor++)
        {
            Number(vendors.Contains(vendor) ? 1 : 0, 1);
        }

        return this;
    }

    public TcfWriter Ranges(int highest, params (int First, int Last)[] ranges)
    {
        Number(highest, 16).Number(1, 1).Number(ranges.Length, 12);
        foreach ((int first, int last) in ranges)
        {
            Number(1, 1).Number(first, 16).Number(last, 16);
        }

        return this;
    }

    public override string ToString()
    {
        string bits = _bits.ToString();
        bits = bits.PadRight((bits.Length + 5) / 6 * 6, '0');
        return string.Concat(bits.Chunk(6).Select(six => Alphabet[Convert.ToInt32(new string(six), 2)]));
    }
}
