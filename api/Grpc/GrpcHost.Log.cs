using System.Net;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Grpc;

public sealed partial class GrpcHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "gRPC listens on {Address} ({Security})")]
    private static partial void LogListening(ILogger logger, IPEndPoint address, string security);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Calls} gRPC calls did not end in time and are cut off")]
    private static partial void LogCutOff(ILogger logger, int calls);
}
