namespace Footprint.Grid.Api.Options;

/// <summary>Either options without a fault, or every fault there is.</summary>
/// <param name="Warnings">What is odd but no reason to stop.</param>
internal sealed record OptionsResult<T>(T? Options, IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<string> Warnings)
    where T : class
{
    public static OptionsResult<T> Of(T options, OptionReader reader, OptionSources sources) =>
        new(reader.Faults.Count == 0 ? options : null, reader.Faults, sources.Warnings());
}
