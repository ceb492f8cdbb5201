using System.Globalization;
using System.Text;

namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// Turns an ECMAScript regular expression into one that .NET reads the same way. They differ in silence: .NET's <c>\d</c>
/// takes any script's digits, its <c>$</c> stands before a last line break too, its <c>.</c> takes line separators, and
/// <c>[a-[b]]</c> subtracts. What has no counterpart in linear time is refused by name. The one difference that is left is
/// <c>\b</c>, whose words are Unicode's.
/// </summary>
internal sealed class PatternReader
{
    private const string Space = @"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private const string NotSpace =
        @"\0-\u0008\u000e-\u001f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    private readonly StringBuilder _result = new();
    private readonly Stack<long> _outer = new();
    private readonly string _pattern;
    private string? _error;
    private int _at;
    private long _repeats;
    private long _atoms;
    private long _last;

    private PatternReader(string pattern) => _pattern = pattern;

    /// <summary>The pattern for .NET, or null and what is wrong with this one.</summary>
    public static string? Read(string pattern, out string? error)
    {
        var reader = new PatternReader(pattern);
        reader.ReadAll();
        error = reader._error;
        return error is null ? reader._result.ToString() : null;
    }

    private char Peek(int ahead = 0) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private void ReadAll()
    {
        while (_at < _pattern.Length && _error is null)
        {
            char c = _pattern[_at++];
            switch (c)
            {
                case '\\':
                    Atom(ReadEscape(inClass: false));
                    break;
                case '[':
                    ReadClass();
                    break;
                case '.':
                    Atom(@"[^\n\r\u2028\u2029]");
                    break;
                case '$':
                    Atom(@"\z");
                    break;
                case '(':
                    OpenGroup();
                    break;
                case ')':
                    CloseGroup();
                    break;
                case '{':
                    ReadRepetition();
                    break;
                case '^' or '|' or '*' or '+' or '?':
                    _result.Append(c);
                    break;
                case '#' or ' ':
                    Atom("\\" + c);
                    break;
                default:
                    Atom(c.ToString());
                    break;
            }

            if (_repeats > ConditionLimits.MaxRegexRepeats)
            {
                _error = "repeats too much.";
            }
        }
    }

    private void Atom(string text)
    {
        _result.Append(text);
        _last = 1;
        _atoms++;
    }

    private void OpenGroup()
    {
        _result.Append('(');
        _outer.Push(_atoms);
        _atoms = 0;
        if (Peek() != '?')
        {
            return;
        }

        if (Peek(1) == ':')
        {
            _result.Append("?:");
            _at += 2;
        }
        else if (Peek(1) == '<' && Peek(2) is not ('=' or '!'))
        {
            // A group's name is of no use here, and .NET reads some names as numbers.
            int end = _pattern.IndexOf('>', _at);
            _error = end < 0 ? "has a group name without an end." : null;
            _result.Append("?:");
            _at = end + 1;
        }
        else
        {
            _error = "must not look ahead or behind, nor set options.";
        }
    }

    private void CloseGroup()
    {
        _result.Append(')');
        _last = Math.Max(1, _atoms);
        _atoms = _last + (_outer.Count > 0 ? _outer.Pop() : 0);
    }

    private void ReadRepetition()
    {
        int end = _pattern.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : _pattern[_at..end].Split(',');
        if (bounds.Length is not (1 or 2) || !IsCount(bounds[0]) || (bounds.Length == 2 && bounds[1].Length > 0 && !IsCount(bounds[1])))
        {
            Atom(@"\{");
            return;
        }

        string most = bounds[^1].Length > 0 ? bounds[^1] : bounds[0];
        long count = int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue;
        long added = Math.Min(_last * Math.Max(0, count - 1), int.MaxValue);
        _repeats += added;
        _atoms = Math.Min(_atoms + added, int.MaxValue);
        _last = Math.Min(_last * Math.Max(1, count), int.MaxValue);
        _result.Append(_pattern, _at - 1, end - _at + 2);
        _at = end + 1;
    }

    private static bool IsCount(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private void ReadClass()
    {
        bool negated = Peek() == '^';
        _at += negated ? 1 : 0;
        if (Peek() == ']')
        {
            _at++;
            Atom(negated ? @"[\0-\uffff]" : @"[^\0-\uffff]");
            return;
        }

        _result.Append(negated ? "[^" : "[");
        bool afterSet = false;
        while (_at < _pattern.Length && _error is null)
        {
            char c = _pattern[_at++];
            if (c == ']')
            {
                Atom("]");
                return;
            }

            bool isSet = c == '\\' && IsSet(Peek());
            // Beside a set a dash cannot make a range, so it stands for itself.
            bool plainDash = c == '-' && (afterSet || (Peek() == '\\' && IsSet(Peek(1))));
            _result.Append(c switch
            {
                '\\' => ReadEscape(inClass: true),
                '[' => @"\[",
                '-' when plainDash => @"\-",
                _ => c.ToString(),
            });
            afterSet = isSet;
        }

        _error ??= "has a character class without an end.";
    }

    private static bool IsSet(char c) => c is 'd' or 'D' or 'w' or 'W' or 's' or 'S';

    private string ReadEscape(bool inClass)
    {
        char c = Peek();
        _at++;
        string? set = c switch
        {
            'd' => "0-9",
            'D' => @"\0-/:-\uffff",
            'w' => "0-9A-Z_a-z",
            'W' => @"\0-/:-@\[-^`{-\uffff",
            's' => Space,
            'S' => NotSpace,
            _ => null,
        };
        if (set is not null)
        {
            return inClass ? set : $"[{set}]";
        }

        switch (c)
        {
            case 'f' or 'n' or 'r' or 't' or 'v' or 'b':
                return "\\" + c;
            case 'B' when !inClass:
                return @"\B";
            case '0' when !char.IsAsciiDigit(Peek()):
                return @"\x00";
            case 'x':
                return ReadHex(c, 2);
            case 'u':
                return ReadHex(c, 4);
            case 'c' when char.IsAsciiLetter(Peek()):
                return $"\\x{_pattern[_at++] & 0x1f:x2}";
            case '_' or > '\u007f':
                return c.ToString();
        }

        if (c == '\0' || char.IsAsciiLetterOrDigit(c))
        {
            _error = char.IsAsciiDigit(c) || c == 'k' ? "must not refer back to a group." : "has an escape that ECMAScript does not know.";
            return "";
        }

        return "\\" + c;
    }

    private string ReadHex(char mark, int digits)
    {
        string hex = _pattern[_at..Math.Min(_pattern.Length, _at + digits)];
        if (hex.Length < digits || !hex.All(char.IsAsciiHexDigit))
        {
            _error = $"has a \\{mark} without its {digits} hexadecimal digits.";
            return "";
        }

        _at += digits;
        return $"\\{mark}{hex}";
    }
}
