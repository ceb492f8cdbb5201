namespace Footprint.Grid.Bench.Load;

/// <summary>Makes the calls of a load, one after another, on the thread that sends them.</summary>
internal abstract class CallSource
{
    /// <summary>The gRPC paths that it calls, for example <c>/grpc.health.v1.Health/Check</c>.</summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>How many calls there are; endless by default.</summary>
    public virtual long Count => long.MaxValue;

    /// <summary>Writes the message of a call and says which path it goes to.</summary>
    /// <returns>Bytes written.</returns>
    public abstract int Write(long number, Span<byte> message, out int path);

    /// <summary>Sees the answer to a call.</summary>
    public virtual void Answered(long number, int path, ReadOnlySpan<byte> message)
    {
    }
}
