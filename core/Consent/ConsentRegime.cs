namespace Footprint.Grid.Core.Consent;

/// <summary>What holds for a client who said nothing.</summary>
public enum ConsentRegime
{
    /// <summary>Everything is allowed until the client denies it.</summary>
    OptOut,

    /// <summary>Nothing is allowed until the client allows it.</summary>
    OptIn,
}
