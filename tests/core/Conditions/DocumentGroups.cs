using Footprint.Grid.Core.Conditions;

namespace Footprint.Grid.Core.Tests.Conditions;

/// <summary>Groups from a JSON object of lists.</summary>
internal sealed class DocumentGroups(AttributeDocument document) : IConditionGroups
{
    public IReadOnlyList<AttributeValue>? Find(string group)
    {
        AttributeValue found = document.Property(group);
        return found.Kind == AttributeKind.List ? Enumerable.Range(0, found.Count).Select(i => found[i]).ToList() : null;
    }
}
