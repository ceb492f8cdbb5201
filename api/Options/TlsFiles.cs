namespace Footprint.Grid.Api.Options;

/// <summary>A PEM certificate (with its chain) and its unencrypted private key.</summary>
internal sealed record TlsFiles(string Certificate, string Key);
