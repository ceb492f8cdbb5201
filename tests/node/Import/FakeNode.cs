using System.Net;
using System.Text;
using System.Text.Json;

namespace Footprint.Grid.Node.Tests.Import;

/// <summary>Answers batches of items as a node does: all or none, faults of meaning together.</summary>
internal sealed class FakeNode : HttpMessageHandler
{
    public List<string> Taken { get; } = [];

    public List<int> BatchSizes { get; } = [];

    /// <summary>Answers to give before looking at a batch.</summary>
    public Queue<HttpStatusCode> Busy { get; } = [];

    public bool IsAway { get; set; }

    public int Calls { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls++;
        if (IsAway)
        {
            throw new HttpRequestException("connection refused");
        }

        if (Busy.TryDequeue(out var status))
        {
            return Answer(status, """{"error":{"code":"UNAVAILABLE","message":"busy","field":"","limit":""}}""");
        }

        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var ids = body.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("itemId").GetString()!).ToList();
        var violations = ids.Select((id, index) => (id, index)).Where(item => item.id.Length == 0)
            .Select(item => new { field = $"items[{item.index}].itemId", message = "is empty", limit = "1 to 128 bytes" }).ToList();
        if (violations.Count > 0)
        {
            var error = new { code = "INVALID_ARGUMENT", violations[0].message, violations[0].field, violations[0].limit, violations };
            return Answer(HttpStatusCode.BadRequest, JsonSerializer.Serialize(new { error }));
        }

        BatchSizes.Add(ids.Count);
        Taken.AddRange(ids);
        return Answer(HttpStatusCode.OK, """{"version":"1"}""");
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
