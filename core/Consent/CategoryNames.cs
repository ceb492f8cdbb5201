using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Consent;

/// <summary>The names of data categories, as rules, traits and answers write them.</summary>
internal static class CategoryNames
{
    public const int Count = 7;

    // In the order of the bits.
    private static readonly string[] _names = ["behaviour", "location", "demographics", "purchases", "contact", "declared", "inferred"];

    public static string Listed { get; } = string.Join(", ", _names);

    /// <summary>None for a name that is none.</summary>
    public static DataCategories Parse(string name)
    {
        int at = Array.IndexOf(_names, name);
        return at < 0 ? DataCategories.None : (DataCategories)(1 << at);
    }

    /// <summary>The category of a trait: a fact about the person when it names none of the seven.</summary>
    public static DataCategories OfTrait(string name)
    {
        DataCategories category = Parse(name);
        return category == DataCategories.None ? DataCategories.Demographics : category;
    }

    /// <summary>Of an act that was stored before categories were, all that it may be.</summary>
    public static DataCategories OfStored(uint bits)
    {
        var categories = (DataCategories)(bits & (uint)DataCategories.All);
        return categories == DataCategories.None ? DataCategories.Acts : categories;
    }

    /// <summary>Names what is not allowed.</summary>
    public static void Withheld(DataCategories allowed, RepeatedField<string> to) => Name(DataCategories.All & ~allowed, to);

    public static void Name(DataCategories categories, RepeatedField<string> to)
    {
        for (int i = 0; categories != DataCategories.None && i < Count; i++)
        {
            if (((int)categories & (1 << i)) != 0)
            {
                to.Add(_names[i]);
            }
        }
    }

    /// <summary>Whether a fact of these categories may be used.</summary>
    public static bool Permits(this DataCategories allowed, DataCategories fact) => (fact & ~allowed) == 0;
}
