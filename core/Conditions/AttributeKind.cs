namespace Footprint.Grid.Core.Conditions;

/// <summary>What a condition finds at a path. A condition treats <see cref="Missing"/> and <see cref="Null"/> alike.</summary>
public enum AttributeKind
{
    Missing,
    Null,
    Boolean,
    Number,
    String,
    List,
    Object,
}
