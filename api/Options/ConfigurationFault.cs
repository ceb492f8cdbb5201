namespace Footprint.Grid.Api.Options;

/// <summary>One thing wrong with the configuration. Never holds a secret.</summary>
/// <param name="Option">The option as its origin names it.</param>
/// <param name="Origin">Where the value came from.</param>
/// <param name="Limit">What would be accepted; empty when the message says it.</param>
internal sealed record ConfigurationFault(string Option, string Origin, string Message, string Limit = "")
{
    public override string ToString() =>
        $"{Option}{(Origin.Length > 0 ? $" ({Origin})" : "")}: {Message}{(Limit.Length > 0 ? $"; expected {Limit}" : "")}";
}
