using System.Globalization;
using Google.Rpc;

namespace Footprint.Grid.Api.Errors;

/// <summary>The names, numbers and HTTP statuses of google.rpc codes, as google/rpc/code.proto gives them.</summary>
internal static class Codes
{
    private static readonly string[] _names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE",
        "DATA_LOSS", "UNAUTHENTICATED",
    ];

    private static readonly int[] _http = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401];

    private static readonly string[] _numbers = [.. Enumerable.Range(0, _names.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    public static string Name(Code code) => _names[Index(code)];

    public static string Number(Code code) => _numbers[Index(code)];

    public static int Http(Code code) => _http[Index(code)];

    private static int Index(Code code) => (uint)code < (uint)_names.Length ? (int)code : (int)Code.Unknown;
}
