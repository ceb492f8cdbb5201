using System.Text;

namespace Footprint.Grid.Core.Conditions;

/// <summary>ECMAScript's String(value), as a comparison without building it where possible.</summary>
internal static class JsText
{
    private const string ObjectText = "[object Object]";

    /// <summary>Whether String(value) is the text.</summary>
    public static bool Same(in AttributeValue value, ReadOnlySpan<char> text)
    {
        if (value.Kind == AttributeKind.String)
        {
            return text.SequenceEqual(value.AsString);
        }

        return Consume(value, ref text, nothing: "null") && text.IsEmpty;
    }

    /// <summary>String(value). Allocates for numbers, lists and objects; only odd conditions come here.</summary>
    public static string Of(in AttributeValue value)
    {
        if (value.Kind == AttributeKind.String)
        {
            return value.AsString;
        }

        var text = new StringBuilder();
        Append(text, value, nothing: "null");
        return text.ToString();
    }

    /// <summary>Truthiness: nothing, false, 0, NaN and the empty string are false.</summary>
    public static bool IsTruthy(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Boolean => value.AsBoolean,
        AttributeKind.Number => value.AsNumber != 0 && !double.IsNaN(value.AsNumber),
        AttributeKind.String => value.AsString.Length > 0,
        AttributeKind.List or AttributeKind.Object => true,
        _ => false,
    };

    private static bool Consume(in AttributeValue value, ref ReadOnlySpan<char> rest, string nothing)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                return Consume(value.AsString, ref rest);
            case AttributeKind.Number:
                Span<char> number = stackalloc char[JsNumber.MaxLength];
                return Consume(number[..JsNumber.Format(value.AsNumber, number)], ref rest);
            case AttributeKind.Boolean:
                return Consume(value.AsBoolean ? "true" : "false", ref rest);
            case AttributeKind.Object:
                return Consume(ObjectText, ref rest);
            case AttributeKind.List:
                for (int i = 0; i < value.Count; i++)
                {
                    if ((i > 0 && !Consume(",", ref rest)) || !Consume(value[i], ref rest, nothing: ""))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return Consume(nothing, ref rest);
        }
    }

    private static bool Consume(scoped ReadOnlySpan<char> piece, ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith(piece, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[piece.Length..];
        return true;
    }

    private static void Append(StringBuilder text, in AttributeValue value, string nothing)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                text.Append(value.AsString);
                break;
            case AttributeKind.Number:
                Span<char> number = stackalloc char[JsNumber.MaxLength];
                text.Append(number[..JsNumber.Format(value.AsNumber, number)]);
                break;
            case AttributeKind.Boolean:
                text.Append(value.AsBoolean ? "true" : "false");
                break;
            case AttributeKind.Object:
                text.Append(ObjectText);
                break;
            case AttributeKind.List:
                for (int i = 0; i < value.Count; i++)
                {
                    if (i > 0)
                    {
                        text.Append(',');
                    }

                    Append(text, value[i], nothing: "");
                }

                break;
            default:
                text.Append(nothing);
                break;
        }
    }
}
