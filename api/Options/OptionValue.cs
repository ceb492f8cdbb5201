namespace Footprint.Grid.Api.Options;

/// <summary>What somebody said about an option, and where.</summary>
/// <param name="Origin">For example <c>command line</c> or <c>environment variable FOOTPRINT_HTTP</c>.</param>
internal readonly record struct OptionValue(string Text, string Origin)
{
    /// <summary>The origin of a value that nobody gave.</summary>
    public const string DefaultOrigin = "default";

    public bool IsDefault => Origin == DefaultOrigin;
}
