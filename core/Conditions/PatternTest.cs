using System.Text.RegularExpressions;

namespace Footprint.Grid.Core.Conditions;

/// <summary><c>$regex</c> and <c>$regexi</c>: whether the text of the value holds a match. Time is linear in the text.</summary>
/// <remarks>No limit by the clock: a busy machine would then decide who is targeted. Size is bounded instead, see <see cref="ConditionLimits"/>.</remarks>
internal sealed class PatternTest : ValueTest
{
    private readonly Regex _regex;

    /// <param name="pattern">In .NET's syntax, as <see cref="PatternReader"/> gives it.</param>
    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">One that cannot be matched in linear time.</exception>
    public PatternTest(string pattern, bool ignoreCase)
    {
        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        _regex = new Regex(pattern, ignoreCase ? options | RegexOptions.IgnoreCase : options);
    }

    public override bool Holds(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => IsMatch(value.AsString),
        AttributeKind.Number => IsMatch(value.AsNumber),
        AttributeKind.Boolean => IsMatch(value.AsBoolean ? "true" : "false"),
        AttributeKind.List or AttributeKind.Object => IsMatch(JsText.Of(value)),
        _ => IsMatch("null"),
    };

    private bool IsMatch(string text) => text.Length <= ConditionLimits.MaxRegexText && _regex.IsMatch(text);

    private bool IsMatch(double value)
    {
        Span<char> text = stackalloc char[JsNumber.MaxLength];
        return _regex.IsMatch(text[..JsNumber.Format(value, text)]);
    }
}
