using Footprint.Grid.Api.Operations;

namespace Footprint.Grid.Api.Grpc;

/// <summary>How the host runs one operation. The call has been let in; whatever happens, the method ends it.</summary>
internal abstract class GrpcMethod(Operation operation)
{
    public Operation Operation { get; } = operation;

    public abstract Task InvokeAsync(GrpcCall call);
}
