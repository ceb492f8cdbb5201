using System.Text.RegularExpressions;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Limits;
using Microsoft.Extensions.Options;

namespace Footprint.Grid.Api;

/// <summary>Checks the options as a whole and names everything that is wrong, each with where and why.</summary>
internal sealed partial class FootprintApiOptionsValidator : IValidateOptions<FootprintApiOptions>
{
    private const int MaxKeys = 10_000;
    private const double MaxRate = 1e9;

    public ValidateOptionsResult Validate(string? name, FootprintApiOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(FootprintApiOptions options) =>
    [
        .. Keys(options.Keys),
        .. Grpc(options),
        .. Limits(options.Limits),
        .. Between("Secret:Length", options.Secret.Length, ServerSecret.LeastBytes, ServerSecret.MostBytes),
        .. Between("DefaultDeadline", options.DefaultDeadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
        .. Between("MaxMessageBytes", options.MaxMessageBytes, 1024, 256 * 1024 * 1024),
        .. Between("DrainTimeout", options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        .. Between("Json:MaxDepth", options.Json.MaxDepth, 8, 100),
    ];

    private static IEnumerable<string> Keys(IList<ApiKeyOptions> keys)
    {
        if (keys.Count > MaxKeys)
        {
            yield return $"Keys: {keys.Count} are too many; at most {MaxKeys}.";
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var hashes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, key) in keys.Index())
        {
            var at = $"Keys:{index}";
            if (key.Id.Length is 0 or > 64 || !ids.Add(key.Id))
            {
                yield return $"{at}:Id must be 1 to 64 characters that no other key has.";
            }

            if (!HashPattern().IsMatch(key.Hash))
            {
                yield return $"{at}:Hash must be the key's SHA-256 in 64 hexadecimal digits.";
            }
            else if (!hashes.Add(key.Hash))
            {
                yield return $"{at}:Hash is that of another key.";
            }

            if (!TenantPattern().IsMatch(key.Tenant))
            {
                yield return $"{at}:Tenant must be 1 to 64 of a-z A-Z 0-9 . _ -";
            }

            if (!ApiKey.IsRecipient(key.Recipient))
            {
                yield return $"{at}:Recipient must be {ApiKey.RecipientLimit}.";
            }

            if (key.Scopes.Count == 0)
            {
                yield return $"{at}:Scopes is empty; give some of {string.Join(", ", Scopes.Names)}.";
            }

            foreach (var scope in key.Scopes.Where(scope => !Scopes.TryParse(scope, out _)))
            {
                yield return $"{at}:Scopes: '{scope}' is none of {string.Join(", ", Scopes.Names)}.";
            }
        }
    }

    private static IEnumerable<string> Grpc(FootprintApiOptions options)
    {
        var grpc = options.Grpc;
        return
        [
            .. Between("Grpc:MaxStreamsPerConnection", grpc.MaxStreamsPerConnection, 1, 100_000),
            .. Between("Grpc:MaxConnections", grpc.MaxConnections, 1, 1_000_000),
            .. Between("Grpc:KeepAliveDelay", grpc.KeepAliveDelay, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            .. Between("Grpc:KeepAliveTimeout", grpc.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            .. Between("Grpc:GzipFromBytes", grpc.GzipFromBytes, 0, int.MaxValue),
            .. Between("Grpc:StreamWindow", grpc.StreamWindow, 1, 10_000),
            .. Between("Grpc:StreamWindowBytes", grpc.StreamWindowBytes, 1024, 1024 * 1024 * 1024),
        ];
    }

    private static IEnumerable<string> Limits(LimitOptions limits)
    {
        return
        [
            .. Rate("Limits:TenantRate", limits.TenantRate),
            .. Between("Limits:TenantBurst", limits.TenantBurst, 1, int.MaxValue),
            .. Between("Limits:TenantConcurrency", limits.TenantConcurrency, 1, int.MaxValue),
            .. Between("Limits:TenantStreams", limits.TenantStreams, 1, int.MaxValue),
            .. Between("Limits:Concurrency", limits.Concurrency, 1, int.MaxValue),
            .. Between("Limits:Streams", limits.Streams, 1, int.MaxValue),
            .. limits.Tenants.SelectMany(tenant => Tenant($"Limits:Tenants:{tenant.Key}", tenant.Value)),
        ];
    }

    private static IEnumerable<string> Tenant(string at, TenantLimitOptions own) =>
    [
        .. Rate($"{at}:Rate", own.Rate ?? 1),
        .. Between($"{at}:Burst", own.Burst ?? 1, 1, int.MaxValue),
        .. Between($"{at}:Concurrency", own.Concurrency ?? 1, 1, int.MaxValue),
        .. Between($"{at}:Streams", own.Streams ?? 1, 1, int.MaxValue),
    ];

    private static IEnumerable<string> Rate(string field, double rate) =>
        rate is > 0 and <= MaxRate ? [] : [$"{field} is {rate}; it must be above 0 and at most {MaxRate:0}."];

    private static IEnumerable<string> Between<T>(string field, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? [] : [$"{field} is {value}; it must be {least} to {most}."];

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex HashPattern();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex TenantPattern();
}
