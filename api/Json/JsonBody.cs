using System.Buffers;
using System.Text;
using Footprint.Grid.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Footprint.Grid.Api.Json;

/// <summary>Reads a JSON body as text, within its limit.</summary>
internal static class JsonBody
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="CallException">It is too large, empty, or no UTF-8.</exception>
    public static async ValueTask<string> ReadAsync(HttpContext context, int limit, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > limit)
        {
            throw new CallException(CallError.TooLarge(context.Request.ContentLength.Value, limit));
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var length = read.Buffer.Length;
            if (length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new CallException(CallError.TooLarge(length, limit));
            }

            if (read.IsCompleted)
            {
                // A read that is left open would cost the caller its connection and the log an error.
                try
                {
                    return Decode(read.Buffer);
                }
                finally
                {
                    reader.AdvanceTo(read.Buffer.End);
                }
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string Decode(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var text = _strict.GetString(bytes);
            return string.IsNullOrWhiteSpace(text)
                ? throw new CallException(CallError.Invalid("The body is empty; a JSON object is expected."))
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw new CallException(CallError.Invalid("The body is not valid UTF-8."));
        }
    }
}
