using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Tests.Operations;

public sealed class OperationTests
{
    [Fact]
    public async Task Table_EveryMethodOfEveryService_Once()
    {
        await using var host = await ApiHost.StartAsync();

        var declared = host.Table.Services.SelectMany(service => service.Methods).Select(method => $"/{method.Service.FullName}/{method.Name}");

        Assert.Equal(declared.Order(), host.Table.All.Select(operation => operation.Path).Order());
        Assert.All(host.Table.All, operation => Assert.Same(operation, host.Table.Find(operation.Path)));
    }

    [Fact]
    public void Operation_WithoutAccess_CannotBe()
    {
        var method = IngestReflection.Descriptor.Services[0].FindMethodByName("Record");

        Assert.Throws<ArgumentNullException>(() => new UnaryOperation<RecordRequest, RecordResponse>(
            method, null!, (_, _) => ValueTask.FromResult(new RecordResponse())));
    }

    [Fact]
    public void Operation_OtherTypesThanDeclared_CannotBe()
    {
        var method = IngestReflection.Descriptor.Services[0].FindMethodByName("Record");

        Assert.Throws<ArgumentException>(() => new UnaryOperation<LinkRequest, LinkResponse>(
            method, Access.AnyKey, (_, _) => ValueTask.FromResult(new LinkResponse())));
        Assert.Throws<ArgumentException>(() => new DuplexOperation<RecordRequest, RecordResponse>(
            method, Access.AnyKey, (_, _) => ValueTask.FromResult(new RecordResponse())));
    }

    [Fact]
    public void Binding_ParameterThatIsNoField_CannotBe()
    {
        var method = ProfilesReflection.Descriptor.Services[0].FindMethodByName("GetProfile");

        Assert.Throws<ArgumentException>(() => new UnaryOperation<GetProfileRequest, Profile>(
            method, Access.AnyKey, (_, _) => ValueTask.FromResult(new Profile()), new HttpBinding("GET", "/v1/{client}")));
    }
}
