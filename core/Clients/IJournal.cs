using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Takes a change before the profile does. An engine makes what was appended durable, in order.</summary>
public interface IJournal
{
    /// <summary>
    /// Keeps the entry's bytes before it returns, so the caller may reuse the message. Throws
    /// <see cref="GridException"/> (<c>RESOURCE_EXHAUSTED</c>) when too much waits to be written; nothing was kept then.
    /// </summary>
    void Append(ClientKey client, JournalEntry entry);
}
