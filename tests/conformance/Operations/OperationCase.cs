using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Conformance.Operations;

/// <summary>What is known of one operation, for walks over all of them.</summary>
/// <param name="Request">A request about that client which is not refused.</param>
/// <param name="Discloses">The disclosure that an answer to a recipient leaves; null for an operation that gives nothing of a client to anybody else.</param>
internal sealed record OperationCase(Func<string, IMessage> Request, Disclosure.Types.Kind? Discloses = null);
