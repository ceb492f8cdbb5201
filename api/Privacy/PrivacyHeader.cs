using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Privacy;

/// <summary>The request header of the Global Privacy Control specification; over gRPC it is metadata of the same name.</summary>
internal static class PrivacyHeader
{
    private const string Name = "Sec-GPC";

    /// <summary>Any value but <c>1</c> is no signal, as the specification says.</summary>
    public static bool IsSet(IHeaderDictionary headers) => headers.TryGetValue(Name, out var value) && value.Count == 1 && value[0] == "1";
}
