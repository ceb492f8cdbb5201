namespace Footprint.Grid.Core.Consent;

/// <summary>Who may get data.</summary>
internal static class Recipients
{
    public const string Any = "*";

    /// <summary>The tenant itself.</summary>
    public const string Self = "self";

    /// <summary>Whether an answer to the recipient that a request names leaves the tenant.</summary>
    public static bool IsOther(string requested) => requested.Length > 0 && requested != Self;

    /// <summary>The recipient that a request names, or the tenant.</summary>
    public static string Of(string requested) => requested.Length == 0 ? Self : requested;
}
