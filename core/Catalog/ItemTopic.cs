namespace Footprint.Grid.Core.Catalog;

/// <summary>A topic of an item: the topic's number, its weight as the item states it, and its share of all weights.</summary>
internal readonly record struct ItemTopic(int Topic, float Weight, float Share);
