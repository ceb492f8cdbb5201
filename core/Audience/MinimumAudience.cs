namespace Footprint.Grid.Core.Audience;

/// <summary>How many clients a number must be about, at least, to be said at all: k in what follows.</summary>
public static class MinimumAudience
{
    public const int Default = 50;

    /// <summary>The smallest that a tenant may choose: below that a group is soon known person by person.</summary>
    public const int Least = 10;

    public const int Most = 1_000_000;
}
