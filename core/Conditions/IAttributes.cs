namespace Footprint.Grid.Core.Conditions;

/// <summary>
/// What a condition is tested on: something that answers a path when asked, so that nobody builds a document of a
/// whole profile for one comparison. One evaluation may ask for the same path more than once.
/// </summary>
public interface IAttributes
{
    /// <summary>The value at the path, or <see cref="AttributeValue.Missing"/>. Must not throw and should not allocate.</summary>
    AttributeValue Resolve(AttributePath path);
}
