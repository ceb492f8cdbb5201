using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Options;

/// <summary>What an executable that serves the API can be told about it.</summary>
internal sealed record EndpointOptions
{
    public required ListenAddress Http { get; init; }

    public required ListenAddress Grpc { get; init; }

    public TlsFiles? Tls { get; init; }

    public required LimitOptions Limits { get; init; }

    public required int MaxMessageBytes { get; init; }

    public bool LoopbackOnly => Http.IsLoopback && Grpc.IsLoopback;
}
