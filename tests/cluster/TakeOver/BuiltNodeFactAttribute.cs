namespace Footprint.Grid.Cluster.Tests.TakeOver;

/// <summary>A test that needs Redis and a node, which the cluster set does not refer to: the whole solution builds it beside.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BuiltNodeFactAttribute : FactAttribute
{
    public BuiltNodeFactAttribute()
    {
        var redis = ProgramFactAttribute.ReasonToSkip([RedisProcess.Program]);
        Skip = redis ?? (File.Exists(BuiltProgram.Path("Node")) ? null! : "not built: the node (dotnet build Footprint.Grid.sln)");
    }
}
