using Footprint.Grid.Api.Errors;
using Footprint.Grid.Api.Grpc;
using Grpc.Core;

namespace Footprint.Grid.Gateway.Rpc;

/// <summary>An error of the API as Grpc.AspNetCore takes it, with the same details as every other adapter gives.</summary>
internal static class RpcErrors
{
    public const string DetailsHeader = "grpc-status-details-bin";

    private const int MaxMessage = 1024;

    public static RpcException From(CallError error)
    {
        var trailers = new Metadata();
        if (StatusText.DetailBytes(error) is { } details)
        {
            trailers.Add(DetailsHeader, details);
        }

        var message = error.Message.Length <= MaxMessage ? error.Message : error.Message[..MaxMessage];
        return new RpcException(new Status((StatusCode)(int)error.Code, message), trailers);
    }
}
