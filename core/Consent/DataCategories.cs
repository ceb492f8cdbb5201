namespace Footprint.Grid.Core.Consent;

/// <summary>
/// What kinds of data there are, as bits. A fact may have more than one; it may be used when all of its kinds may. The
/// numbers are stored.
/// </summary>
[Flags]
internal enum DataCategories : byte
{
    None = 0,

    /// <summary>What the client did: views, clicks, likes, visits.</summary>
    Behaviour = 1,
    Location = 2,
    Demographics = 4,

    /// <summary>What was bought and for how much.</summary>
    Purchases = 8,
    Contact = 16,

    /// <summary>What the client said about itself.</summary>
    Declared = 32,

    /// <summary>What was concluded from the rest.</summary>
    Inferred = 64,

    /// <summary>What an act may be; also of an act stored before categories were.</summary>
    Acts = Behaviour | Purchases | Declared,

    /// <summary>What evidence of an interest may be made of; also of evidence stored before categories were.</summary>
    Evidence = Acts | Inferred,
    All = 127,
}
