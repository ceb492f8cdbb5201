namespace Footprint.Grid.Core.Consent;

/// <summary>Who may get data.</summary>
internal static class Recipients
{
    public const string Any = "*";

    /// <summary>The tenant itself.</summary>
    public const string Self = "self";

    /// <summary>The recipient that a request names, or the tenant.</summary>
    public static string Of(string requested) => requested.Length == 0 ? Self : requested;
}
