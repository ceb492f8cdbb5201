namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What an item is liked more than picks with its features are, as a probability, and how uncertain that is. The default
/// is an item that nothing is known about.
/// </summary>
internal readonly record struct ItemEffect(float Mean, float Deviation);
