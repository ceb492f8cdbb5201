using System.Text;
using Footprint.Grid.Api.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Api.Grpc;

/// <summary>An error as gRPC's headers carry it.</summary>
internal static class StatusText
{
    // Clients commonly take 8 KiB of headers in all, and base64 adds a third.
    private const int MaxDetailBytes = 4096;
    private const int MaxMessageChars = 1024;

    /// <summary>Percent-encodes all but printable ASCII, as <c>grpc-message</c> wants it.</summary>
    public static string Encode(string message)
    {
        message = message.Length <= MaxMessageChars ? message : message[..MaxMessageChars];
        if (!message.AsSpan().ContainsAnyExceptInRange(' ', '~') && !message.Contains('%', StringComparison.Ordinal))
        {
            return message;
        }

        var encoded = new StringBuilder(message.Length + 32);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(b.ToString("X2"));
            }
        }

        return encoded.ToString();
    }

    /// <summary>
    /// The value of <c>grpc-status-details-bin</c>: a google.rpc.Status with BadRequest, RetryInfo and the contract's own
    /// Error. Null when there is nothing to add. As many violations as fit into a header.
    /// </summary>
    public static string? Details(CallError error) =>
        DetailBytes(error) is { } bytes ? Convert.ToBase64String(bytes).TrimEnd('=') : null;

    /// <summary>The same before it becomes text.</summary>
    public static byte[]? DetailBytes(CallError error)
    {
        if (error.Faults.Count == 0 && error.RetryAfter is null)
        {
            return null;
        }

        var status = new Status { Code = (int)error.Code, Message = Shorten(error.Message) };
        if (error.RetryAfter is { } retryAfter)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }));
        }

        if (error.Faults.Count > 0)
        {
            AddFaults(status, error);
        }

        return status.ToByteArray();
    }

    private static void AddFaults(Status status, CallError error)
    {
        var request = new BadRequest();
        var whole = ErrorMessage.From(error);
        var some = new V1.Error { Code = whole.Code, Message = Shorten(whole.Message), Field = Shorten(whole.Field), Limit = Shorten(whole.Limit) };
        foreach (var violation in whole.Violations)
        {
            violation.Field = Shorten(violation.Field);
            violation.Message = Shorten(violation.Message);
            violation.Limit = Shorten(violation.Limit);
            var text = violation.Limit.Length == 0 ? violation.Message : $"{violation.Message} ({violation.Limit})";
            request.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = violation.Field, Description = text });
            some.Violations.Add(violation);
            if (request.CalculateSize() + some.CalculateSize() > MaxDetailBytes)
            {
                request.FieldViolations.RemoveAt(request.FieldViolations.Count - 1);
                some.Violations.RemoveAt(some.Violations.Count - 1);
                break;
            }
        }

        status.Details.Add(Any.Pack(request));
        status.Details.Add(Any.Pack(some));
    }

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
