namespace Footprint.Grid.Node.Options;

/// <summary>A PEM certificate (with its chain) and its unencrypted private key.</summary>
internal sealed record TlsFiles(string Certificate, string Key);
