using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Reflection.V1;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Reflection;

public sealed class ReflectionTests
{
    private const string Info = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    [Fact]
    public async Task Services_Listed_ThoseOfTheTable()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await Ask(host, new ServerReflectionRequest { ListServices = "" });

        Assert.Equal(host.Table.Services.Select(service => service.FullName).Order(), answer.ListServicesResponse.Service.Select(service => service.Name).Order());
    }

    [Theory]
    [InlineData("footprint.grid.v1.Ingest")]
    [InlineData("footprint.grid.v1.Ingest.Stream")]
    [InlineData("footprint.grid.v1.RecordRequest.Ack")]
    [InlineData("google.protobuf.Timestamp")]
    public async Task Symbol_Known_FilesThatBuild(string symbol)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await Ask(host, new ServerReflectionRequest { FileContainingSymbol = symbol });

        var files = answer.FileDescriptorResponse.FileDescriptorProto.Reverse();
        Assert.NotEmpty(FileDescriptor.BuildFromByteStrings(files));
    }

    [Fact]
    public async Task Symbol_Unknown_NotFoundAndTheStreamGoesOn()
    {
        await using var host = await ApiHost.StartAsync();
        using var stream = await host.Grpc.OpenAsync(Info);

        await stream.SendAsync(new ServerReflectionRequest { FileContainingSymbol = "footprint.grid.storage.v1.Checkpoint" });
        var unknown = await stream.ReadAsync<ServerReflectionResponse>();
        await stream.SendAsync(new ServerReflectionRequest { FileByFilename = "footprint/grid/v1/ingest.proto" });
        var known = await stream.ReadAsync<ServerReflectionResponse>();

        Assert.Equal((int)Code.NotFound, unknown!.ErrorResponse.ErrorCode);
        Assert.NotEmpty(known!.FileDescriptorResponse.FileDescriptorProto);
    }

    private static async Task<ServerReflectionResponse> Ask(ApiHost host, ServerReflectionRequest request) =>
        (await host.Grpc.CallAsync(Info, request, key: ApiHost.KeyOf(Api.Auth.Scope.Ingest))).Single<ServerReflectionResponse>();
}
