using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipelines;
using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Footprint.Grid.Api.Grpc;

/// <summary>
/// One call on the wire: its request, its response, its deadline. Kestrel keeps it with its stream object and both are
/// used again for the next call, so it holds nothing of a call that ended.
/// </summary>
internal sealed class GrpcCall(GrpcRuntime runtime)
{
    private const int LargeMessage = 64 * 1024;

    private static readonly StringValues _contentType = "application/grpc";
    private static readonly StringValues _ok = "0";
    private static readonly StringValues _gzip = Gzip.Name;

    private IFeatureCollection _features = null!;
    private ITimer? _deadlineTimer;

    public GrpcRuntime Runtime { get; } = runtime;

    public IHttpRequestFeature Request { get; private set; } = null!;

    public IHttpResponseFeature Response { get; private set; } = null!;

    public PipeReader Body { get; private set; } = null!;

    public PipeWriter Output { get; private set; } = null!;

    public Admission Admission { get; set; }

    public Activity? Activity { get; set; }

    public long Started { get; private set; }

    /// <summary>When it came in: with its headers where they state a time, else when its message was asked for.</summary>
    public DateTimeOffset Arrived { get; set; }

    /// <summary>Null when the caller set none.</summary>
    public DateTimeOffset? Deadline { get; set; }

    public bool RequestIsGzip { get; set; }

    public bool AcceptsGzip { get; set; }

    /// <summary>How it ended; metrics and traces say so.</summary>
    public Code Result { get; private set; }

    public CancellationToken Aborted => _features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    public bool DeadlinePassed => Deadline is { } deadline && Runtime.Time.GetUtcNow() >= deadline;

    public void Start(IFeatureCollection features)
    {
        _features = features;
        Request = features.GetRequiredFeature<IHttpRequestFeature>();
        Response = features.GetRequiredFeature<IHttpResponseFeature>();
        Body = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        Output = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        Started = Runtime.Time.GetTimestamp();
        Deadline = null;
        RequestIsGzip = false;
        AcceptsGzip = false;
        Admission = default;
        Activity = null;
        Result = Code.Ok;
    }

    public CallContext Context(DateTimeOffset deadline) =>
        Admission.Call(Arrived, deadline, Aborted, PrivacyHeader.IsSet(Request.Headers));

    /// <summary>Sends the headers of a successful answer. No callback hangs on it, so it is done when it returns.</summary>
    public void StartAnswer()
    {
        var headers = Response.Headers;
        headers.ContentType = _contentType;
        if (AcceptsGzip)
        {
            headers.GrpcEncoding = _gzip;
        }

        var started = _features.GetRequiredFeature<IHttpResponseBodyFeature>().StartAsync();
        Debug.Assert(started.IsCompletedSuccessfully, "nothing delays the start of a response");
    }

    /// <summary>Writes one message, without a flush.</summary>
    public void Write<T>(T message)
        where T : class, IMessage<T>
    {
        var encoded = message switch
        {
            PickContentResponse picks => PickContentEncoder.Encode(picks),
            StreamResponse acks => StreamResponseEncoder.Encode(acks),
            _ => [],
        };
        if (!encoded.IsEmpty)
        {
            Write(encoded);
            return;
        }

        var size = message.CalculateSize();
        if (AcceptsGzip && size >= Runtime.Options.Grpc.GzipFromBytes)
        {
            var plain = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                message.WriteTo(plain.AsSpan(0, size));
                WriteCompressed(plain.AsSpan(0, size));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(plain);
            }

            return;
        }

        if (size <= LargeMessage)
        {
            var span = Output.GetSpan(Frame.HeaderBytes + size);
            WriteHeader(span, compressed: false, size);
            message.WriteTo(span.Slice(Frame.HeaderBytes, size));
            Output.Advance(Frame.HeaderBytes + size);
            return;
        }

        WriteHeader(Output.GetSpan(Frame.HeaderBytes), compressed: false, size);
        Output.Advance(Frame.HeaderBytes);
        message.WriteTo(Output);
    }

    /// <summary>Writes the bytes of one message, without a flush.</summary>
    public void Write(ReadOnlySpan<byte> encoded)
    {
        if (AcceptsGzip && encoded.Length >= Runtime.Options.Grpc.GzipFromBytes)
        {
            WriteCompressed(encoded);
            return;
        }

        var span = Output.GetSpan(Frame.HeaderBytes + encoded.Length);
        WriteHeader(span, compressed: false, encoded.Length);
        encoded.CopyTo(span[Frame.HeaderBytes..]);
        Output.Advance(Frame.HeaderBytes + encoded.Length);
    }

    /// <summary>Ends a call that went well.</summary>
    public void Succeed() => _features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.GrpcStatus = _ok;

    /// <summary>Ends a call with an error: in trailers when an answer has begun, else in headers alone.</summary>
    public void Fail(CallError error)
    {
        Result = error.Code;
        var target = Response.HasStarted ? _features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers : Response.Headers;
        if (!Response.HasStarted)
        {
            Response.Headers.Clear();
            Response.Headers.ContentType = _contentType;
        }

        target.GrpcStatus = Codes.Number(error.Code);
        target.GrpcMessage = StatusText.Encode(error.Message);
        if (StatusText.Details(error) is { } details)
        {
            target["grpc-status-details-bin"] = details;
        }
    }

    public void Fail(Exception exception, string path)
    {
        var error = CallError.From(exception, Aborted.IsCancellationRequested, out var unexpected);
        if (unexpected)
        {
            Runtime.LogFailed(exception, path);
        }

        Fail(error);
    }

    /// <summary>Wakes a reader of the body at the deadline. A timer that fires late, for the call before, does nothing.</summary>
    public void ArmDeadline(DateTimeOffset deadline)
    {
        Deadline = deadline;
        _deadlineTimer ??= Runtime.Time.CreateTimer(
            static state => ((GrpcCall)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SetTimer(deadline);
    }

    public void DisarmDeadline() => _deadlineTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes a reader of the body; it looks around for why. Never throws: timers and shutdown call it.</summary>
    public void WakeReader()
    {
        try
        {
            Body.CancelPendingRead();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The stream was aborted or is over, which its reader learns by itself.
        }
    }

    private void SetTimer(DateTimeOffset deadline)
    {
        var left = deadline - Runtime.Time.GetUtcNow();
        _deadlineTimer!.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        if (DeadlinePassed)
        {
            WakeReader();
        }
        else if (Deadline is { } deadline)
        {
            // Timers go by a coarser clock than the deadline and may ring before it; nobody else would ring again.
            SetTimer(deadline);
        }
    }

    private void WriteCompressed(ReadOnlySpan<byte> plain)
    {
        var packed = new ArrayBufferWriter<byte>(Math.Max(256, plain.Length / 2));
        Gzip.Compress(plain, packed);
        WriteHeader(Output.GetSpan(Frame.HeaderBytes), compressed: true, packed.WrittenCount);
        Output.Advance(Frame.HeaderBytes);
        Output.Write(packed.WrittenSpan);
    }

    private static void WriteHeader(Span<byte> span, bool compressed, int size)
    {
        span[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)size);
    }
}
