using System.Text.RegularExpressions;

namespace Footprint.Grid.Core.Conditions;

/// <summary><c>$regex</c> and <c>$regexi</c>: whether the text of the value holds a match. Time is linear in the text.</summary>
internal sealed class PatternTest : ValueTest
{
    // A second belt: linear time bounds the work per character, this bounds what the largest pattern may take of a decision.
    private static readonly TimeSpan _timeLimit = TimeSpan.FromMilliseconds(20);

    private readonly Regex _regex;

    /// <param name="pattern">In .NET's syntax, as <see cref="PatternReader"/> gives it.</param>
    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">One that cannot be matched in linear time.</exception>
    public PatternTest(string pattern, bool ignoreCase)
    {
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        _regex = new Regex(pattern, ignoreCase ? options | RegexOptions.IgnoreCase : options, _timeLimit);
    }

    public override bool Holds(in AttributeValue value)
    {
        try
        {
            return value.Kind switch
            {
                AttributeKind.String => _regex.IsMatch(value.AsString),
                AttributeKind.Number => IsMatch(value.AsNumber),
                AttributeKind.Boolean => _regex.IsMatch(value.AsBoolean ? "true" : "false"),
                AttributeKind.List or AttributeKind.Object => _regex.IsMatch(JsText.Of(value)),
                _ => _regex.IsMatch("null"),
            };
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private bool IsMatch(double value)
    {
        Span<char> text = stackalloc char[JsNumber.MaxLength];
        return _regex.IsMatch(text[..JsNumber.Format(value, text)]);
    }
}
