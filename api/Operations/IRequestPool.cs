using System.Buffers;

namespace Footprint.Grid.Api.Operations;

/// <summary>Requests that are used again, where a stream would make hundreds of thousands a second.</summary>
public interface IRequestPool<T>
    where T : class
{
    /// <summary>Null when the bytes are to be read by the generated code, which also says what is wrong with them.</summary>
    T? TryParse(in ReadOnlySequence<byte> bytes);

    /// <summary>Takes back a request that was answered, wherever it came from. Nobody touches it any more.</summary>
    void Return(T request);
}
