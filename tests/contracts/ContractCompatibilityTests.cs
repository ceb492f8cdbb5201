using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Contracts.Tests;

/// <summary>
/// The committed baseline against the contract as it is. To record additions, run these tests once with
/// <c>UPDATE_CONTRACT=1</c>; that refuses to record a break.
/// </summary>
public sealed class ContractCompatibilityTests
{
    [Fact]
    public void Contract_AgainstBaseline_BreaksNoOldClient()
    {
        var path = BaselinePath();
        var now = ContractText.Of(ContractText.Files);
        var before = File.Exists(path) ? File.ReadAllLines(path) : [];

        var difference = ContractDifference.Between(before, now);

        Assert.True(
            difference.Breaks.Count == 0,
            $"""
            These changes break clients or stored bytes made by an earlier version:
            {string.Join('\n', difference.Breaks)}
            Add a new field, method or message beside the old one instead.
            """);
        if (Environment.GetEnvironmentVariable("UPDATE_CONTRACT") == "1")
        {
            File.WriteAllText(path, string.Join('\n', now) + "\n");
        }
        else
        {
            Assert.True(before.Length > 0, $"{path} is missing or empty; run the tests once with UPDATE_CONTRACT=1");
        }
    }

    [Fact]
    public void Text_OfAllFiles_HoldsServicesMessagesAndEnums()
    {
        var text = ContractText.Of(ContractText.Files);

        Assert.Contains("rpc /footprint.grid.v1.Ingest/Stream\t(stream footprint.grid.v1.StreamRequest) returns (stream footprint.grid.v1.StreamResponse)", text);
        Assert.Contains("field footprint.grid.v1.FootprintEvent 9\tmap<string,string> properties json=properties", text);
        Assert.Contains("field footprint.grid.v1.FootprintEvent 1\tstring event_id json=eventId", text);
        Assert.Contains("value footprint.grid.v1.RecordResult.Status 3\tDUPLICATE", text);
        Assert.Contains("rpc /grpc.health.v1.Health/Watch\t(grpc.health.v1.HealthCheckRequest) returns (stream grpc.health.v1.HealthCheckResponse)", text);
        Assert.Contains(text, line => line.StartsWith("field footprint.grid.storage.v1.Checkpoint 2\tfixed64", StringComparison.Ordinal));
    }

    [Fact]
    public void Difference_FieldNumberChanged_IsABreakThatNamesTheField()
    {
        var breaks = BreaksAfter(file => Field(file, "TopicWeight", "weight").Number = 7);

        Assert.Equal(["removed: field footprint.grid.v1.TopicWeight 2 double weight json=weight"], breaks);
    }

    [Fact]
    public void Difference_FieldTypeChanged_IsABreakThatNamesBothTypes()
    {
        var breaks = BreaksAfter(file => Field(file, "TopicWeight", "weight").Type = FieldDescriptorProto.Types.Type.Float);

        Assert.Equal(["changed: field footprint.grid.v1.TopicWeight 2 was 'double weight json=weight', is 'float weight json=weight'"], breaks);
    }

    [Fact]
    public void Difference_FieldRenamed_IsABreakOfTheJsonClients()
    {
        var breaks = BreaksAfter(file =>
        {
            Field(file, "TraitValue", "category").JsonName = "";
            Field(file, "TraitValue", "category").Name = "data_category";
        });

        Assert.Equal(
            ["changed: field footprint.grid.v1.TraitValue 3 was 'string category json=category', is 'string data_category json=dataCategory'"], breaks);
    }

    [Fact]
    public void Difference_FieldMadeRepeated_IsABreak()
    {
        var breaks = BreaksAfter(file => Field(file, "Value", "currency").Label = FieldDescriptorProto.Types.Label.Repeated);

        Assert.Contains("is 'repeated string currency", Assert.Single(breaks), StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_EnumValueRenumbered_IsABreak()
    {
        var breaks = BreaksAfter(file => Message(file, "FootprintEvent").EnumType[0].Value[1].Number = 9);

        Assert.Equal(["removed: value footprint.grid.v1.FootprintEvent.Channel 1 WEB"], breaks);
    }

    [Fact]
    public void Difference_MethodOrMessageRemoved_IsABreak()
    {
        var now = ContractText.Of(ContractText.Files);
        var without = now.Where(line => !line.Contains("Profiles/Erase", StringComparison.Ordinal));

        var breaks = ContractDifference.Between(now, without).Breaks;

        Assert.Equal(
            ["removed: rpc /footprint.grid.v1.Profiles/Erase (footprint.grid.v1.EraseRequest) returns (footprint.grid.v1.EraseResponse)"], breaks);
    }

    [Fact]
    public void Difference_FieldAndEnumValueAdded_BreaksNothing()
    {
        var before = ContractText.Of([Rebuild(_ => { })]);
        var after = ContractText.Of([Rebuild(file =>
        {
            Message(file, "Value").Field.Add(new FieldDescriptorProto
            {
                Name = "unit",
                Number = 3,
                Type = FieldDescriptorProto.Types.Type.String,
                Label = FieldDescriptorProto.Types.Label.Optional,
            });
            Message(file, "FootprintEvent").EnumType[0].Value.Add(new EnumValueDescriptorProto { Name = "KIOSK", Number = 7 });
        })]);

        var difference = ContractDifference.Between(before, after);

        Assert.Empty(difference.Breaks);
        Assert.Equal(["field footprint.grid.v1.Value 3", "value footprint.grid.v1.FootprintEvent.Channel 7"], difference.Additions);
    }

    private static IReadOnlyList<string> BreaksAfter(Action<FileDescriptorProto> change) =>
        ContractDifference.Between(ContractText.Of([Rebuild(_ => { })]), ContractText.Of([Rebuild(change)])).Breaks;

    /// <summary>common.proto as a compiler would see it after <paramref name="change"/>.</summary>
    private static FileDescriptor Rebuild(Action<FileDescriptorProto> change)
    {
        var common = V1.CommonReflection.Descriptor;
        var proto = common.ToProto();
        change(proto);
        var files = common.Dependencies.Select(dependency => dependency.SerializedData).Append(proto.ToByteString());
        return FileDescriptor.BuildFromByteStrings(files)[^1];
    }

    private static DescriptorProto Message(FileDescriptorProto file, string name) => file.MessageType.Single(message => message.Name == name);

    private static FieldDescriptorProto Field(FileDescriptorProto file, string message, string field) =>
        Message(file, message).Field.Single(candidate => candidate.Name == field);

    private static string BaselinePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "wire-contract.txt");
}
