using Footprint.Grid.V1;

namespace Footprint.Grid.Pages;

/// <summary>Reasons in words that a client understands: a text for each kind and for either sign, in every language.</summary>
public static class ReasonTexts
{
    /// <summary>The reason in words; empty for a kind that this version does not know.</summary>
    public static string Of(PageLanguage language, Reason reason)
    {
        string key = Key(reason.Kind, reason.Contribution < 0);
        return language.Has(key) ? language.Format(key, reason.Key) : "";
    }

    internal static string Key(Reason.Types.Kind kind, bool isAgainst) => $"reason.{kind}{(isAgainst ? ".less" : "")}";
}
