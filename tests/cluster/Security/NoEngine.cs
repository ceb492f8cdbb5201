using System.Reflection;

namespace Footprint.Grid.Cluster.Tests.Security;

/// <summary>Stands where the table of operations wants an engine, in tests that only read the table.</summary>
public class NoEngine : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException(targetMethod?.Name);
}
