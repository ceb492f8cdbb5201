using System.Globalization;

namespace Footprint.Grid.Core.Conditions;

/// <summary>Numbers as ECMAScript reads and writes them, for the coercions that conditions inherit from it.</summary>
internal static class JsNumber
{
    /// <summary>Characters that <see cref="Format"/> writes at most.</summary>
    public const int MaxLength = 32;

    /// <summary>Integers of this size and below are exact in a double and printed without an exponent.</summary>
    private const double PlainInteger = 1e15;

    /// <summary>ToNumber of a value: nothing is 0, a list counts as its text, an object is not a number.</summary>
    public static double Of(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Number => value.AsNumber,
        AttributeKind.Boolean => value.AsBoolean ? 1 : 0,
        AttributeKind.String => Parse(value.AsString),
        AttributeKind.List => OfList(value),
        AttributeKind.Object => double.NaN,
        _ => 0,
    };

    /// <summary>StringToNumber: white space around is passed over, empty is 0, anything else that is no numeral is NaN.</summary>
    public static double Parse(ReadOnlySpan<char> text)
    {
        text = TrimJs(text);
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text.Length > 2 && text[0] == '0' && !char.IsAsciiDigit(text[1]) && text[1] is not ('.' or 'e' or 'E'))
        {
            return ParseRadix(text[2..], text[1]);
        }

        ReadOnlySpan<char> digits = text[0] is '+' or '-' ? text[1..] : text;
        if (digits is "Infinity")
        {
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        const NumberStyles Numeral = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return !digits.IsEmpty && (char.IsAsciiDigit(digits[0]) || digits[0] == '.')
            && double.TryParse(text, Numeral, CultureInfo.InvariantCulture, out double value)
            ? value
            : double.NaN;
    }

    /// <summary>NumberToString into at least <see cref="MaxLength"/> characters; gives the length.</summary>
    public static int Format(double value, Span<char> into)
    {
        int length;
        if (Math.Abs(value) <= PlainInteger && value == Math.Truncate(value))
        {
            ((long)value).TryFormat(into, out length, default, CultureInfo.InvariantCulture);
            return length;
        }

        if (!double.IsFinite(value))
        {
            string name = double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
            name.CopyTo(into);
            return name.Length;
        }

        Span<char> digits = stackalloc char[MaxLength];
        int count = ShortestDigits(Math.Abs(value), digits, out int point);
        length = 0;
        if (value < 0)
        {
            into[length++] = '-';
        }

        return length + Lay(digits[..count], point, into[length..]);
    }

    /// <summary>The fewest digits that read back as the value; it is 0.DIGITS × 10^point.</summary>
    private static int ShortestDigits(double value, Span<char> digits, out int point)
    {
        Span<char> text = stackalloc char[MaxLength];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        ReadOnlySpan<char> shortest = text[..length];
        int exponent = 0;
        int e = shortest.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(shortest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            shortest = shortest[..e];
        }

        int count = 0;
        int dot = shortest.IndexOf('.');
        point = exponent + (dot < 0 ? shortest.Length : dot);
        foreach (char c in shortest)
        {
            if (c == '.')
            {
                continue;
            }

            if (count == 0 && c == '0')
            {
                point--;
                continue;
            }

            digits[count++] = c;
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int Lay(ReadOnlySpan<char> digits, int point, Span<char> into)
    {
        if (point is > 21 or < -5)
        {
            return LayExponent(digits, point - 1, into);
        }

        if (point <= 0)
        {
            "0.".CopyTo(into);
            into.Slice(2, -point).Fill('0');
            digits.CopyTo(into[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(into);
            into[digits.Length..point].Fill('0');
            return point;
        }

        digits[..point].CopyTo(into);
        into[point] = '.';
        digits[point..].CopyTo(into[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int LayExponent(ReadOnlySpan<char> digits, int exponent, Span<char> into)
    {
        int length = 0;
        into[length++] = digits[0];
        if (digits.Length > 1)
        {
            into[length++] = '.';
            digits[1..].CopyTo(into[length..]);
            length += digits.Length - 1;
        }

        into[length++] = 'e';
        into[length++] = exponent < 0 ? '-' : '+';
        Math.Abs(exponent).TryFormat(into[length..], out int written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    private static double ParseRadix(ReadOnlySpan<char> digits, char mark)
    {
        int radix = mark switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };
        double value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
            if (digit >= radix)
            {
                return double.NaN;
            }

            value = (value * radix) + digit;
        }

        return value;
    }

    /// <summary>Two elements or more have a comma between them, which no numeral has.</summary>
    private static double OfList(in AttributeValue list) => list.Count switch
    {
        0 => 0,
        1 => list[0] is { Kind: not AttributeKind.Boolean } only ? Of(only) : double.NaN,
        _ => double.NaN,
    };

    private static ReadOnlySpan<char> TrimJs(ReadOnlySpan<char> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    // ECMAScript counts the byte order mark as white space and the next-line control not; .NET the other way round.
    private static bool IsSpace(char c) => c == '\uFEFF' || (c != '\u0085' && char.IsWhiteSpace(c));
}
