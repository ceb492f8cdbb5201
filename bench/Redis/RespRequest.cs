using System.Threading.Tasks.Sources;

namespace Footprint.Grid.Bench.Redis;

/// <summary>Some commands sent together and what to do with their replies. May be sent again when it has ended.</summary>
internal abstract class RespRequest : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;

    /// <summary>How many replies its commands have.</summary>
    public abstract int Replies { get; }

    public abstract void WriteTo(RespWriter writer);

    public ValueTask Begin()
    {
        _source.Reset();
        return new ValueTask(this, _source.Version);
    }

    public void Complete(ReadOnlySpan<byte> replies)
    {
        Read(new RespReader(replies));
        _source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Takes what it needs from the replies; their bytes are gone afterwards.</summary>
    protected abstract void Read(RespReader replies);
}
