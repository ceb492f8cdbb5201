namespace Footprint.Grid.Node.Demo;

/// <summary>Shows the demo's frames.</summary>
internal interface IDemoView
{
    /// <summary>Shows each frame until they end.</summary>
    Task ShowAsync(IAsyncEnumerable<DemoFrame> frames);
}
