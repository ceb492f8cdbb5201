using System.IO.Pipelines;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Operations;
using Google.Protobuf;

namespace Footprint.Grid.Api.Grpc;

/// <summary>
/// Runs a unary operation: 1. read the message; 2. call the handler; 3. write the answer. Where nothing has to be waited
/// for, all three happen on the caller's stack and no task, timer or closure is made.
/// </summary>
internal sealed class UnaryMethod<TRequest, TResponse>(UnaryOperation<TRequest, TResponse> operation) : GrpcMethod(operation)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly MessageReader<TRequest> _reader = new(operation);

    public override Task InvokeAsync(GrpcCall call)
    {
        // 1
        TRequest? request = null;
        try
        {
            if (!call.Body.TryRead(out var read))
            {
                return ReadAsync(call, request);
            }

            if (operation.AtOnce is not null && TryAnswerAtOnce(call, read, operation.AtOnce))
            {
                call.Body.AdvanceTo(read.Buffer.End);
                return Task.CompletedTask;
            }

            if (!_reader.TakeOnly(call, read, ref request))
            {
                return ReadAsync(call, request);
            }
        }
        catch (Exception exception)
        {
            call.Fail(exception, Operation.Path);
            return Task.CompletedTask;
        }

        return HandleAsync(call, request!, Deadline(call));
    }

    // A request that is all there, in one piece and not compressed, needs no message if the operation can do without.
    private static bool TryAnswerAtOnce(GrpcCall call, in ReadResult read, AtOnceHandler atOnce)
    {
        var buffer = read.Buffer;
        if (!read.IsCompleted || read.IsCanceled || !buffer.IsSingleSegment
            || !Frame.TryTake(ref buffer, call.Runtime.Options.MaxMessageBytes, out var message, out var compressed) || compressed || !buffer.IsEmpty)
        {
            return false;
        }

        var answer = atOnce(message.FirstSpan, call.Context(Deadline(call)));
        if (answer.IsEmpty)
        {
            return false;
        }

        call.StartAnswer();
        call.Write(answer);
        call.Succeed();
        return true;
    }

    private static DateTimeOffset Deadline(GrpcCall call)
    {
        if (call.Deadline is { } deadline)
        {
            return deadline;
        }

        call.Arrived = call.Runtime.Time.GetUtcNow();
        return call.Arrived + call.Runtime.Options.DefaultDeadline;
    }

    private async Task ReadAsync(GrpcCall call, TRequest? request)
    {
        var deadline = Deadline(call);
        call.ArmDeadline(deadline);
        try
        {
            while (!_reader.TakeOnly(call, await call.Body.ReadAsync(), ref request))
            {
            }
        }
        catch (Exception exception)
        {
            call.Fail(exception, Operation.Path);
            return;
        }
        finally
        {
            call.DisarmDeadline();
        }

        await HandleAsync(call, request!, deadline);
    }

    private Task HandleAsync(GrpcCall call, TRequest request, DateTimeOffset deadline)
    {
        // 2
        try
        {
            var answer = operation.Handler(request, call.Context(deadline));
            if (!answer.IsCompletedSuccessfully)
            {
                return AwaitAsync(call, answer.AsTask(), deadline);
            }

            Answer(call, answer.Result);
        }
        catch (Exception exception)
        {
            call.Fail(exception, Operation.Path);
        }

        return Task.CompletedTask;
    }

    private async Task AwaitAsync(GrpcCall call, Task<TResponse> answer, DateTimeOffset deadline)
    {
        try
        {
            var left = deadline - call.Runtime.Time.GetUtcNow();
            Answer(call, await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, call.Runtime.Time));
        }
        catch (Exception exception)
        {
            if (!answer.IsCompleted)
            {
                // The handler goes on past its deadline: it keeps its place until it ends, so that the limits hold.
                _ = LeaveLaterAsync(answer, call.Admission);
                call.Admission = default;
            }

            call.Fail(exception, Operation.Path);
        }
    }

    private async Task LeaveLaterAsync(Task<TResponse> answer, Admission admission)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        admission.Leave();
        if (answer.IsCompletedSuccessfully)
        {
            operation.Release?.Invoke(await answer);
        }
    }

    private void Answer(GrpcCall call, TResponse response)
    {
        // 3
        try
        {
            call.StartAnswer();
            call.Write(response);
            call.Succeed();
        }
        finally
        {
            operation.Release?.Invoke(response);
        }
    }
}
