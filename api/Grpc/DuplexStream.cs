using System.Buffers;
using System.Threading.Channels;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Engine;
using Google.Protobuf;

namespace Footprint.Grid.Api.Grpc;

/// <summary>
/// One open stream. Two loops: one reads messages and starts their handlers in order, the other awaits the answers in
/// order, writes them and flushes when the next one is not there yet. The reader stops at the caller's half-close, at a
/// fault, at the deadline or when the process shuts down; what it took is answered in any case, then come the trailers.
/// </summary>
internal sealed class DuplexStream<TRequest, TResponse>(
    DuplexOperation<TRequest, TResponse> operation, MessageReader<TRequest> reader, GrpcCall call) : IDisposable
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    // A slowed stream still sees within this time that the process shuts down.
    private static readonly TimeSpan _lookAround = TimeSpan.FromMilliseconds(250);

    private readonly GrpcRuntime _runtime = call.Runtime;
    private readonly CancellationToken _aborted = call.Aborted;
    private readonly bool _hasPrivacySignal = PrivacyHeader.IsSet(call.Request.Headers);
    private readonly StreamWindow _window = new(call.Runtime.Options.Grpc.StreamWindow, call.Runtime.Options.Grpc.StreamWindowBytes);

    // Bounded by the window, which is entered before anything is queued.
    private readonly Channel<Pending> _answers = Channel.CreateUnbounded<Pending>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private volatile bool _failed;

    public void Dispose() => _window.Dispose();

    public async Task RunAsync()
    {
        // Some clients wait for the headers before they send.
        call.StartAnswer();
        await call.Output.FlushAsync(CancellationToken.None);

        if (call.Deadline is { } deadline)
        {
            call.ArmDeadline(deadline);
        }

        var writing = WriteAsync();
        Exception? fault = null;
        using (_runtime.Serving.Draining.UnsafeRegister(static state => ((GrpcCall)state!).WakeReader(), call))
        {
            try
            {
                await ReadAsync();
            }
            catch (Exception exception)
            {
                fault = exception;
            }
        }

        call.DisarmDeadline();
        _answers.Writer.Complete();
        fault = await writing ?? fault;
        if (fault is null)
        {
            call.Succeed();
        }
        else
        {
            call.Fail(fault, operation.Path);
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var read = await call.Body.ReadAsync(CancellationToken.None);
            var buffer = read.Buffer;
            while (true)
            {
                if (_failed)
                {
                    return;
                }

                ThrowIfEnding();
                var before = buffer.Length;
                if (reader.TryTake(call, ref buffer) is not { } message)
                {
                    break;
                }

                if (!await StartAsync(message, before - buffer.Length))
                {
                    return;
                }
            }

            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty)
                {
                    throw new CallException(MessageReader<TRequest>.Truncated);
                }

                return;
            }

            call.Body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private void ThrowIfEnding()
    {
        if (_runtime.Serving.IsDraining)
        {
            throw new CallException(CallError.Draining);
        }

        if (call.DeadlinePassed)
        {
            throw new CallException(CallError.Deadline);
        }
    }

    /// <summary>False when the writer failed, so that there is nobody to take the answer.</summary>
    private async ValueTask<bool> StartAsync(TRequest message, long bytes)
    {
        // A stream that is too fast is not broken but slowed: the caller's flow control does the rest.
        while (call.Admission.Principal is { } principal && !principal.Load.Rate.TryTake(_runtime.Time.GetTimestamp(), out var wait))
        {
            await Task.Delay(wait < _lookAround ? wait : _lookAround, _runtime.Time, _aborted);
            ThrowIfEnding();
        }

        if (!await _window.EnterAsync(bytes))
        {
            return false;
        }

        var arrived = _runtime.Time.GetUtcNow();
        var deadline = arrived + _runtime.Options.DefaultDeadline;
        deadline = call.Deadline < deadline ? call.Deadline.Value : deadline;
        ValueTask<TResponse> answer;
        try
        {
            answer = operation.Handler(message, call.Admission.Call(arrived, deadline, _aborted, _hasPrivacySignal));
        }
        catch (Exception exception)
        {
            answer = ValueTask.FromException<TResponse>(exception);
        }

        _answers.Writer.TryWrite(new Pending(message, answer, deadline, bytes));
        return true;
    }

    /// <summary>What went wrong, if anything. Never throws, and never leaves an answer without having awaited it.</summary>
    private async Task<Exception?> WriteAsync()
    {
        Exception? fault = null;
        var unflushed = false;
        while (true)
        {
            if (!_answers.Reader.TryRead(out var next))
            {
                fault = await FlushAsync(unflushed, fault);
                unflushed = false;
                if (await _answers.Reader.WaitToReadAsync(CancellationToken.None))
                {
                    continue;
                }

                return fault;
            }

            try
            {
                if (!next.Answer.IsCompleted)
                {
                    fault = await FlushAsync(unflushed, fault);
                    unflushed = false;
                }

                // What is not answered in time may still be in work, so its message is not given back.
                var answer = next.Answer.IsCompleted ? await next.Answer : await WaitAsync(next);
                operation.Requests?.Return(next.Message);
                if (fault is null)
                {
                    call.Write(answer);
                    unflushed = true;
                }
            }
            catch (Exception exception)
            {
                fault = Stop(fault ?? exception);
            }

            _window.Leave(next.Bytes);
        }
    }

    private async Task<TResponse> WaitAsync(Pending next)
    {
        var left = next.Deadline - _runtime.Time.GetUtcNow();
        return await next.Answer.AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _runtime.Time);
    }

    private async ValueTask<Exception?> FlushAsync(bool unflushed, Exception? fault)
    {
        if (!unflushed)
        {
            return fault;
        }

        try
        {
            // A caller that takes no answers holds this up, and with it the window and the reader: that is the intent.
            var flushed = await call.Output.FlushAsync(_aborted);
            return flushed.IsCompleted ? Stop(fault ?? new OperationCanceledException(_aborted)) : fault;
        }
        catch (Exception exception)
        {
            return Stop(fault ?? exception);
        }
    }

    private Exception Stop(Exception fault)
    {
        _failed = true;
        _window.Close();
        call.WakeReader();
        return fault;
    }

    private readonly record struct Pending(TRequest Message, ValueTask<TResponse> Answer, DateTimeOffset Deadline, long Bytes);
}
