using Google.Rpc;

namespace Footprint.Grid.Engine;

/// <summary>A refusal or failure that the caller is told about; nothing was changed.</summary>
public sealed class GridException : Exception
{
    public GridException(Code code, string message, IReadOnlyList<Fault>? faults = null)
        : base(message)
    {
        Code = code;
        Faults = faults ?? [];
    }

    public GridException(IReadOnlyList<Fault> faults)
        : this(Code.InvalidArgument, faults[0].Message, faults)
    {
    }

    public Code Code { get; }

    public IReadOnlyList<Fault> Faults { get; }
}
