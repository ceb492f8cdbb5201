using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footprint.Grid.Node.Import;

/// <summary>Sends batches of items to a running node.</summary>
/// <param name="client">With the node's address and the key.</param>
internal sealed partial class ItemSender(HttpClient client, TimeProvider time)
{
    private const int MaxAttempts = 8;

    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(200);

    private bool _hasAnswered;

    public async Task<BatchAnswer> SendAsync(IReadOnlyList<ImportLine> lines, CancellationToken stop)
    {
        var body = Body(lines);
        for (var attempt = 1; ; attempt++)
        {
            string failure;
            try
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await client.PutAsync(new Uri("/v1/items", UriKind.Relative), content, stop);
                _hasAnswered = true;
                if (response.IsSuccessStatusCode)
                {
                    return BatchAnswer.Taken;
                }

                var text = await response.Content.ReadAsStringAsync(stop);
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    return Refused(response.StatusCode, text, lines);
                }

                failure = $"the node answers {(int)response.StatusCode}: {text}";
            }
            catch (HttpRequestException e)
            {
                failure = $"the node at {client.BaseAddress} cannot be reached: {e.Message}";
            }
            catch (TaskCanceledException) when (!stop.IsCancellationRequested)
            {
                failure = $"the node at {client.BaseAddress} did not answer within {client.Timeout.TotalSeconds} s";
            }

            // Sending again is safe: an item that is already there is only written over by itself. But where nobody ever answered
            // the address is wrong, or there is no node.
            if (attempt == MaxAttempts || !_hasAnswered)
            {
                return new BatchAnswer([], failure);
            }

            await Task.Delay(_firstPause * Math.Pow(2, attempt - 1), time, stop);
        }
    }

    private static byte[] Body(IReadOnlyList<ImportLine> lines)
    {
        var body = new MemoryStream(lines.Sum(line => line.Json.Length + 1) + 16);
        body.Write("{\"items\":["u8);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(lines[i].Json.Span);
        }

        body.Write("]}"u8);
        return body.ToArray();
    }

    private static BatchAnswer Refused(HttpStatusCode status, string text, IReadOnlyList<ImportLine> lines)
    {
        var faults = new List<(int, LineFault)>();
        try
        {
            using var document = JsonDocument.Parse(text);
            var error = document.RootElement.GetProperty("error");
            var all = error.TryGetProperty("violations", out var violations) && violations.GetArrayLength() > 0
                ? violations.EnumerateArray().ToList()
                : [error];
            foreach (var fault in all)
            {
                var match = ItemField().Match(Text(fault, "field"));
                if (match.Success && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var index && index < lines.Count)
                {
                    faults.Add((index, new LineFault(lines[index].Number, match.Groups[2].Value, Text(fault, "message"), Text(fault, "limit"))));
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not an error of ours, for example a proxy's page: shown as it is below.
        }

        return faults.Count > 0
            ? new BatchAnswer(faults, null)
            : new BatchAnswer([], $"the node answers {(int)status}: {(text.Length > 500 ? text[..500] : text)}");
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"^items\[(\d{1,6})\]\.?(.*)$")]
    private static partial Regex ItemField();
}
