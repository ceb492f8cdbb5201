namespace Footprint.Grid.Core.Conditions;

/// <summary>Named lists of ids that <c>$inGroup</c> and <c>$notInGroup</c> refer to. Read once, when a condition is compiled.</summary>
public interface IConditionGroups
{
    /// <summary>The members, or null for a group nobody knows, which then has none.</summary>
    IReadOnlyList<AttributeValue>? Find(string group);
}
