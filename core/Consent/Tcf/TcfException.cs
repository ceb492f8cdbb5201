namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>A text is no consent string: what about it is wrong, and what was expected instead.</summary>
public sealed class TcfException(string message, string limit) : Exception(message)
{
    public string Limit { get; } = limit;
}
