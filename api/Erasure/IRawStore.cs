namespace Footprint.Grid.Api.Erasure;

/// <summary>A store as somebody sees it who has taken its disk.</summary>
internal interface IRawStore
{
    /// <summary>The bytes of all its files.</summary>
    Task<IReadOnlyList<byte[]>> ReadAsync(CancellationToken stop);

    /// <summary>Lets it rewrite what it rewrites by itself only now and then.</summary>
    Task SettleAsync(CancellationToken stop);
}
