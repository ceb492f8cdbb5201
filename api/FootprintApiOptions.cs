using System.Security.Cryptography;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Grpc;
using Footprint.Grid.Api.Json;
using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api;

/// <summary>Everything that the API side of a process can be told. Validated as a whole at start, all errors at once.</summary>
public sealed class FootprintApiOptions
{
    /// <summary>Who may call; at most 10,000. Without any, only health is answered.</summary>
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    public GrpcHostOptions Grpc { get; set; } = new();

    public JsonApiOptions Json { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    /// <summary>Purposes of a tenant's own, by tenant, which clients can decide about on "My footprint" before anybody spoke of them.</summary>
    public IDictionary<string, IReadOnlyList<string>> Purposes { get; set; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Those of one tenant.</summary>
    internal IReadOnlyList<string> PurposesOf(string tenant) => Purposes.TryGetValue(tenant, out var own) ? own : [];

    /// <summary>
    /// What links to "My footprint" are signed with, 32 to 4,096 bytes; by chance unless given, so that links hold as long as
    /// the process. Processes that serve the same clients share one.
    /// </summary>
    public byte[] Secret { get; set; } = RandomNumberGenerator.GetBytes(ServerSecret.LeastBytes);

    /// <summary>Deadline of a call that brings none; 1 ms to 1 hour.</summary>
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest message or body, before and after decompression; 1 KiB to 256 MiB.</summary>
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a shutdown waits for calls and streams to end; 0 to 10 minutes.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
