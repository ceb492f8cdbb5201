using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Events;

/// <summary>What each type of event says about an interest; a tenant's rows over the defaults. Immutable.</summary>
public sealed class EventTypeTable
{
    public static EventTypeTable Default { get; } = new();

    /// <summary>The row of a type, or that of "*". Never null.</summary>
    public EventType Resolve(string type) => throw new NotSupportedException();

    /// <summary>The type's own row, default or the tenant's; null when it has none.</summary>
    public EventType? Find(string type) => throw new NotSupportedException();

    public IReadOnlyList<EventType> Page(string afterType, int size) => throw new NotSupportedException();

    public EventTypeTable With(IReadOnlyList<EventType> rows) => throw new NotSupportedException();

    /// <summary>Back to the default of that type, if it has one.</summary>
    public EventTypeTable Without(string type) => throw new NotSupportedException();
}
