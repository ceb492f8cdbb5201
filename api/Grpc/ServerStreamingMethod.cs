using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Engine;
using Google.Protobuf;

namespace Footprint.Grid.Api.Grpc;

/// <summary>Runs an operation with many answers; each is flushed as it comes. Without a deadline of the caller's it has none.</summary>
internal sealed class ServerStreamingMethod<TRequest, TResponse>(ServerStreamingOperation<TRequest, TResponse> operation) : GrpcMethod(operation)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly MessageReader<TRequest> _reader = new(operation);

    public override async Task InvokeAsync(GrpcCall call)
    {
        var runtime = call.Runtime;
        var deadline = call.Deadline;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        using var timer = deadline is null
            ? null
            : runtime.Time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), stop, Left(deadline.Value, runtime.Time), Timeout.InfiniteTimeSpan);
        try
        {
            var request = await ReadAsync(call, deadline ?? runtime.Time.GetUtcNow() + runtime.Options.DefaultDeadline);
            call.Deadline = deadline;
            var context = call.Admission.Call(default, deadline ?? DateTimeOffset.MaxValue, stop.Token);
            call.StartAnswer();
            await foreach (var response in operation.Handler(request, context).WithCancellation(stop.Token))
            {
                call.Write(response);
                var flushed = await call.Output.FlushAsync(stop.Token);
                if (flushed.IsCompleted)
                {
                    break;
                }
            }

            // The timer goes by a coarser clock and may ring before it is the deadline here.
            if (stop.IsCancellationRequested || call.DeadlinePassed)
            {
                call.Fail(CallError.Deadline);
            }
            else if (runtime.Serving.IsDraining)
            {
                call.Fail(CallError.Draining);
            }
            else
            {
                call.Succeed();
            }
        }
        catch (Exception exception)
        {
            call.Fail(exception, Operation.Path);
        }
    }

    private static TimeSpan Left(DateTimeOffset deadline, TimeProvider time)
    {
        var left = deadline - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async ValueTask<TRequest> ReadAsync(GrpcCall call, DateTimeOffset deadline)
    {
        TRequest? request = null;
        call.ArmDeadline(deadline);
        try
        {
            while (!_reader.TakeOnly(call, await call.Body.ReadAsync(), ref request))
            {
            }
        }
        finally
        {
            call.DisarmDeadline();
        }

        return request!;
    }
}
