namespace Footprint.Grid.Node.Options;

/// <summary>Either options without a fault, or every fault there is.</summary>
/// <param name="Warnings">What is odd but no reason to stop.</param>
internal sealed record OptionsResult(NodeOptions? Options, IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<string> Warnings);
