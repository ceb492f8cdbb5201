namespace Footprint.Grid.Core.Conditions;

/// <summary>A value with named properties, for conditions that compare whole objects or look into lists of them.</summary>
public interface IAttributeObject : IAttributes
{
    /// <summary>How many properties it has.</summary>
    int Count { get; }

    /// <summary>The property of that very name (dots mean nothing here), or <see cref="AttributeValue.Missing"/>.</summary>
    AttributeValue Property(string name);
}
