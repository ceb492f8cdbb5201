using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>
/// A client's activation as its silo's batches reach it. A decision is taken in the activation's own turn, like that of a
/// message. It goes by message nevertheless when too many wait, so that one client does not hold up a batch, and now and
/// then, so that Orleans sees that the activation is in use.
/// </summary>
internal sealed class ClientInMemory(ClientCell cell, IWorkItemScheduler scheduler, TimeSpan idleAfter, TimeProvider time)
{
    /// <summary>Decisions that may wait for one client's turns.</summary>
    public const int MostWaiting = 16;

    private readonly ClientCell _cell = cell;
    private readonly TimeSpan _mostSilence = idleAfter / 4;
    private long _lastMessage = time.GetTimestamp();
    private int _waiting;
    private volatile bool _isLeaving;

    /// <summary>A message came.</summary>
    public void Messaged() => Volatile.Write(ref _lastMessage, time.GetTimestamp());

    /// <summary>The activation is about to leave memory: from now on nothing is taken here.</summary>
    public void Leave() => _isLeaving = true;

    /// <summary>Whether the batch will be answered in one of the client's turns.</summary>
    public bool TryQueue(in Payload request, DecisionBatch batch, int index)
    {
        if (_isLeaving || time.GetElapsedTime(Volatile.Read(ref _lastMessage)) > _mostSilence)
        {
            return false;
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        scheduler.QueueAction(static turn => ((WaitingTurn)turn).Take(), new WaitingTurn(this, request, batch, index));
        return true;
    }

    private sealed class WaitingTurn(ClientInMemory client, Payload request, DecisionBatch batch, int index)
    {
        public void Take()
        {
            Interlocked.Decrement(ref client._waiting);
            Payload answer = DecisionBatch.Elsewhere;
            try
            {
                if (!client._isLeaving)
                {
                    answer = client._cell.DecideNow(request) ?? answer;
                }
            }
            finally
            {
                batch.Answer(index, answer);
            }
        }
    }
}
