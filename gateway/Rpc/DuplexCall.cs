using System.Threading.Channels;
using Footprint.Grid.Api;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Health;
using Footprint.Grid.Engine;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>
/// One open stream where every message has its answer. Two loops: one reads messages and starts their handlers in order, within a
/// window; the other awaits the answers in order and writes them. What was taken is answered in any case, then comes the status.
/// </summary>
internal sealed class DuplexCall<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> reader,
    IServerStreamWriter<TResponse> writer,
    ServerCallContext call,
    Func<TRequest, CallContext, ValueTask<TResponse>> handler,
    Func<TRequest, int> sizeOf,
    FootprintApiOptions options,
    ServingState serving,
    TimeProvider time) : IDisposable
    where TRequest : class
    where TResponse : class
{
    // A slowed stream still sees within this time that the process shuts down.
    private static readonly TimeSpan _lookAround = TimeSpan.FromMilliseconds(250);
    private static readonly WriteOptions _more = new(WriteFlags.BufferHint | WriteFlags.NoCompress);
    private static readonly WriteOptions _last = new(WriteFlags.NoCompress);

    private readonly CallState _state = CallState.Of(call);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, serving.Draining);
    private readonly StreamWindow _window = new(options.Grpc.StreamWindow, options.Grpc.StreamWindowBytes);

    // Bounded by the window, which is entered before anything is queued.
    private readonly Channel<Pending> _answers = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public void Dispose()
    {
        _stop.Dispose();
        _window.Dispose();
    }

    public async Task RunAsync()
    {
        if (_state.Until is { } deadline)
        {
            var left = deadline - time.GetUtcNow();
            _stop.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        // Some clients wait for the headers before they send.
        await call.WriteResponseHeadersAsync([]);
        var writing = WriteAsync();
        Exception? fault = null;
        try
        {
            await ReadAsync();
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        _answers.Writer.Complete();
        fault = await writing ?? fault;
        if (fault is OperationCanceledException && !call.GetHttpContext().RequestAborted.IsCancellationRequested)
        {
            throw new CallException(serving.IsDraining ? CallError.Draining : CallError.Deadline);
        }

        if (fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }

    private async Task ReadAsync()
    {
        while (await reader.MoveNext(_stop.Token))
        {
            // A stream that is too fast is not broken but slowed: the caller's flow control does the rest.
            while (_state.Admission.Principal is { } principal && !principal.Load.Rate.TryTake(time.GetTimestamp(), out var wait))
            {
                await Task.Delay(wait < _lookAround ? wait : _lookAround, time, _stop.Token);
            }

            var message = reader.Current;
            var bytes = sizeOf(message);
            if (!await _window.EnterAsync(bytes))
            {
                return;
            }

            _answers.Writer.TryWrite(new Pending(Start(message), bytes));
        }
    }

    private ValueTask<TResponse> Start(TRequest message)
    {
        try
        {
            // Each message has the usual deadline, unless the stream's comes first.
            var arrived = time.GetUtcNow();
            var deadline = arrived + options.DefaultDeadline;
            return handler(message, _state.Context(call) with { Arrived = arrived, Deadline = _state.Until < deadline ? _state.Until.Value : deadline });
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResponse>(exception);
        }
    }

    /// <summary>What went wrong, if anything. Never throws, and never leaves an answer without having awaited it.</summary>
    private async Task<Exception?> WriteAsync()
    {
        Exception? fault = null;
        while (await _answers.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_answers.Reader.TryRead(out var next))
            {
                try
                {
                    var answer = await next.Answer;
                    if (fault is null)
                    {
                        // Flushed when the next answer is not there yet.
                        writer.WriteOptions = _answers.Reader.TryPeek(out var following) && following.Answer.IsCompleted ? _more : _last;
                        await writer.WriteAsync(answer);
                    }
                }
                catch (Exception exception)
                {
                    fault ??= exception;
                    _window.Close();
                    await _stop.CancelAsync();
                }

                _window.Leave(next.Bytes);
            }
        }

        return fault;
    }

    private readonly record struct Pending(ValueTask<TResponse> Answer, int Bytes);
}
