using System.Reflection;
using Footprint.Grid.Engine;
using Google.Protobuf;

namespace Footprint.Grid.Conformance.Operations;

/// <summary>A mutant: an engine in which one operation takes every recipient for the tenant itself, and so puts nothing on record.</summary>
public class ForgetfulEngine : DispatchProxy
{
    private IClientEngine? _inner;
    private string _forgetful = "";

    /// <param name="inner">The engine that is right.</param>
    /// <param name="forgetful">The operation's method without <c>Async</c>.</param>
    public static IClientEngine Of(IClientEngine inner, string forgetful)
    {
        IClientEngine mutant = Create<IClientEngine, ForgetfulEngine>();
        (((ForgetfulEngine)mutant)._inner, ((ForgetfulEngine)mutant)._forgetful) = (inner, forgetful);
        return mutant;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == _forgetful + "Async" && args![0] is IMessage request)
        {
            IMessage changed = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
            OperationWalk.Recipient(changed)?.Accessor.SetValue(changed, "self");
            args[0] = changed;
        }

        return targetMethod.Invoke(_inner, args);
    }
}
