namespace Footprint.Grid.Core.Conditions;

/// <summary>What one condition may cost. Past any of these it is refused whole, before anything is compiled.</summary>
public static class ConditionLimits
{
    /// <summary>Objects and lists inside one another.</summary>
    public const int MaxDepth = 32;

    /// <summary>JSON values, the elements of lists included.</summary>
    public const int MaxValues = 4_096;

    /// <summary>Characters of a path.</summary>
    public const int MaxPathLength = 256;

    /// <summary>Regular expressions in one condition; each keeps an automaton in memory.</summary>
    public const int MaxRegexes = 16;

    /// <summary>Characters of a regular expression.</summary>
    public const int MaxRegexLength = 256;

    /// <summary>
    /// Atoms that a regular expression's counted repetitions add when they are written out; the automaton grows with them,
    /// and its first match with a multiple of that.
    /// </summary>
    public const int MaxRegexRepeats = 100;

    /// <summary>Characters of a text that a regular expression looks at; a longer one never matches.</summary>
    public const int MaxRegexText = 4_096;

    /// <summary>Faults reported for one condition; further ones are left out.</summary>
    public const int MaxFaults = 32;
}
