using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Grains.Engine;

/// <summary>A call of a grain that there is one of for a tenant.</summary>
internal static class TenantCall
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks by the call's deadline; again where nothing came back and to ask twice changes nothing.</summary>
    /// <param name="ask">Calls the grain.</param>
    /// <param name="kind">What is asked for, as the grain numbers it.</param>
    /// <param name="request">Of that kind.</param>
    /// <param name="isRead">Whether to ask twice changes nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="call">Who asks, and until when.</param>
    /// <returns>The answer's bytes.</returns>
    /// <exception cref="GridException">What the grain answered instead; or <c>UNAVAILABLE</c>: no silo answered in time.</exception>
    public static async Task<ReadOnlyMemory<byte>> AskAsync(
        Func<Payload, Task<Payload>> ask, byte kind, IMessage request, bool isRead, TimeProvider time, CallContext call)
    {
        var payload = new Payload(kind, call.Deadline.ToUnixTimeMilliseconds(), request.ToByteArray());
        while (true)
        {
            TimeSpan left = call.Deadline - time.GetUtcNow();
            try
            {
                return GrainCaller.Read(await ask(payload).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, call.Cancelled));
            }
            catch (OperationCanceledException) when (call.Cancelled.IsCancellationRequested)
            {
                throw new GridException(Code.Cancelled, "The caller went away.");
            }
            catch (Exception e) when (e is not GridException && isRead && left > _pause)
            {
                await Task.Delay(_pause, time, CancellationToken.None);
            }
            catch (Exception e) when (e is not GridException)
            {
                throw new GridException(
                    Code.Unavailable, isRead ? "No silo answered in time." : "No silo confirmed the change in time; it may still be made.");
            }
        }
    }
}
