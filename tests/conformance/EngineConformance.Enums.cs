using System.Collections;
using Footprint.Grid.Conformance.Operations;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    private static readonly int[] _unknownValues = [-1, 99];

    [ToolFact]
    public async Task Enum_UnknownValueInAnyFieldOfAnyRequest_IsRefusedWithTheField()
    {
        OperationWalk walk = OperationWalk.Over(Clients, Definitions, Harness.Reports, Harness.Health);
        var missing = new List<string>();
        int fields = 0;
        foreach (string name in walk.Names)
        {
            foreach (FieldDescriptor[] path in EnumFields(OperationCases.Find(name)!.Request("c1").Descriptor, []))
            {
                fields++;
                foreach (int value in _unknownValues)
                {
                    IMessage request = OperationCases.Find(name)!.Request("c1");
                    string field = Set(request, path, value);
                    if (!(await FaultsAsync(walk, name, request)).Any(f => f.StartsWith(field, StringComparison.Ordinal)))
                    {
                        missing.Add($"{name}: {field} = {value}");
                    }
                }
            }
        }

        Assert.Empty(missing);
        Assert.True(fields > 10, "the walk found too few fields to be one");
    }

    private async Task<IEnumerable<string>> FaultsAsync(OperationWalk walk, string name, IMessage request)
    {
        try
        {
            IEnumerable<RecordResult> results = await walk.AskAsync(name, request, Call()) switch
            {
                RecordResponse response => response.Results,
                StreamResponse response => response.Results,
                ReportOutcomesResponse response => response.Results,
                _ => [],
            };
            return [.. results.SelectMany(r => r.Error?.Violations ?? []).Select(v => v.Field)];
        }
        catch (GridException e)
        {
            return e.Faults.Select(f => f.Field);
        }
    }

    private static IEnumerable<FieldDescriptor[]> EnumFields(MessageDescriptor message, FieldDescriptor[] before)
    {
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.Enum)
            {
                yield return [.. before, field];
            }
            else if (field.FieldType == FieldType.Message && !field.IsMap && field.MessageType.File.Package == message.File.Package)
            {
                foreach (FieldDescriptor[] path in EnumFields(field.MessageType, [.. before, field]))
                {
                    yield return path;
                }
            }
        }
    }

    // In the first of each list; gives what faults call the field.
    private static string Set(IMessage message, FieldDescriptor[] path, int value)
    {
        string name = "";
        foreach (FieldDescriptor field in path)
        {
            name += (name.Length > 0 ? "." : "") + field.JsonName;
            object unknown = field.FieldType == FieldType.Enum ? System.Enum.ToObject(field.EnumType.ClrType, value) : field.MessageType.Parser.ParseFrom(ByteString.Empty);
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                if (list.Count == 0 || field.FieldType == FieldType.Enum)
                {
                    list.Add(unknown);
                }

                message = list[0] as IMessage ?? message;
                name += field.FieldType == FieldType.Enum ? "" : "[0]";
            }
            else
            {
                if (field.FieldType == FieldType.Enum || field.Accessor.GetValue(message) is null)
                {
                    field.Accessor.SetValue(message, unknown);
                }

                message = field.Accessor.GetValue(message) as IMessage ?? message;
            }
        }

        return name;
    }
}
