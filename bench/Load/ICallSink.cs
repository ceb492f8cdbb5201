namespace Footprint.Grid.Bench.Load;

/// <summary>Told what comes back on a connection, on the thread that receives.</summary>
internal interface ICallSink
{
    void Received(Call call, ReadOnlySpan<byte> message);

    /// <param name="call">Must not be used after this returns.</param>
    /// <param name="grpcStatus">-1 when the server sent none.</param>
    /// <param name="detail">What went wrong; empty when the status is 0.</param>
    void Ended(Call call, int grpcStatus, string detail);
}
