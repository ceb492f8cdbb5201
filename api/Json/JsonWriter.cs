using System.Globalization;
using System.Text;
using Footprint.Grid.Api.Errors;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Json;

/// <summary>Answers in JSON.</summary>
internal static class JsonWriter
{
    private const string ContentType = "application/json; charset=utf-8";

    // Default values are written, so that a reader need not know them.
    private static readonly JsonFormatter _formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static Task WriteAsync(HttpContext context, IMessage message, int status = StatusCodes.Status200OK) =>
        WriteAsync(context, _formatter.Format(message), status);

    public static Task FailAsync(HttpContext context, CallError error, int? status = null)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (error.Code == Code.Unauthenticated)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (error.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, $"{{\"error\":{_formatter.Format(ErrorMessage.From(error))}}}", status ?? Codes.Http(error.Code));
    }

    public static async Task WriteAsync(HttpContext context, string json, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = Encoding.UTF8.GetByteCount(json);
        Encoding.UTF8.GetBytes(json, response.BodyWriter);
        // To a caller who went away this ends at once, and to a slow one by the server's least data rate.
        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }
}
