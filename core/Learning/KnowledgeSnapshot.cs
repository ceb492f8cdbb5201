namespace Footprint.Grid.Core.Learning;

/// <summary>What a tenant's clients taught, as of one moment; immutable.</summary>
public sealed class KnowledgeSnapshot
{
    public static KnowledgeSnapshot Empty { get; } = new();
}
