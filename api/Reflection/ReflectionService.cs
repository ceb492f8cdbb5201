using Footprint.Grid.Engine;
using Footprint.Grid.Reflection.V1;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Footprint.Grid.Api.Reflection;

/// <summary>
/// gRPC server reflection v1. It names what the operation table holds and nothing else, to anybody with a valid key:
/// the contract is public, but a stranger need not learn what runs here.
/// </summary>
internal sealed class ReflectionService
{
    private readonly DescriptorPool _pool;
    private readonly ListServiceResponse _services = new();

    public ReflectionService(IReadOnlyCollection<ServiceDescriptor> services)
    {
        _pool = new DescriptorPool(services);
        _services.Service.AddRange(services.Select(service => new ServiceResponse { Name = service.FullName }));
    }

    public ValueTask<ServerReflectionResponse> AnswerAsync(ServerReflectionRequest request, CallContext call)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = _services;
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AnswerFile(response, _pool.FindFile(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(response, _pool.FindSymbol(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                response.ErrorResponse = NotFound($"{request.FileContainingExtension.ContainingType} has no extensions.");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerExtensions(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = new ErrorResponse
                {
                    ErrorCode = (int)Code.InvalidArgument,
                    ErrorMessage = "The request asks for nothing.",
                };
                break;
        }

        return ValueTask.FromResult(response);
    }

    private static void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string asked)
    {
        if (file is null)
        {
            response.ErrorResponse = NotFound($"{asked} is not known here.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(DescriptorPool.WithImports(file).Select(next => next.SerializedData));
    }

    private void AnswerExtensions(ServerReflectionResponse response, string type)
    {
        if (_pool.FindSymbol(type) is null)
        {
            response.ErrorResponse = NotFound($"{type} is not known here.");
        }
        else
        {
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        }
    }

    private static ErrorResponse NotFound(string message) =>
        new() { ErrorCode = (int)Code.NotFound, ErrorMessage = message.Length <= 300 ? message : message[..300] };
}
