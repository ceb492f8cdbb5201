using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What holds for single ids of a client: since when what happens under one is the client's, and which it gave up.</summary>
internal sealed class LinkedIds
{
    private readonly SortedDictionary<string, StoredLinkedId> _ids = new(StringComparer.Ordinal);

    public bool IsEmpty => _ids.Count == 0;

    /// <summary>Ids that are linked only when the client asks for it.</summary>
    public IEnumerable<string> GivenUp => _ids.Values.Where(id => id.UnlinkedMs != 0).Select(id => id.AnonymousId);

    public bool IsGivenUp(string anonymousId) => _ids.TryGetValue(anonymousId, out StoredLinkedId? id) && id.UnlinkedMs != 0;

    /// <summary>What happened under the id up to then is not this client's, in milliseconds since the epoch; 0 when all of it is.</summary>
    public long NotBeforeMs(string anonymousId) => _ids.TryGetValue(anonymousId, out StoredLinkedId? id) ? id.NotBeforeMs : 0;

    /// <summary>The id leads to the client from now on.</summary>
    public void Link(string anonymousId, long notBeforeMs)
    {
        _ids.Remove(anonymousId);
        if (notBeforeMs != 0)
        {
            _ids[anonymousId] = new StoredLinkedId { AnonymousId = anonymousId, NotBeforeMs = notBeforeMs };
        }
    }

    /// <summary>The id leads to the client no more; with a time the client gave it up then.</summary>
    public void Unlink(string anonymousId, long unlinkedMs)
    {
        if (unlinkedMs != 0)
        {
            _ids[anonymousId] = new StoredLinkedId { AnonymousId = anonymousId, UnlinkedMs = unlinkedMs };
        }
        else if (!IsGivenUp(anonymousId))
        {
            _ids.Remove(anonymousId);
        }
    }

    /// <summary>Of both what is stricter.</summary>
    public void Merge(StoredLinkedId other)
    {
        if (!_ids.TryGetValue(other.AnonymousId, out StoredLinkedId? own))
        {
            _ids[other.AnonymousId] = other.Clone();
            return;
        }

        own.NotBeforeMs = Math.Max(own.NotBeforeMs, other.NotBeforeMs);
        own.UnlinkedMs = Math.Max(own.UnlinkedMs, other.UnlinkedMs);
    }

    /// <summary>Copies, by id.</summary>
    public IEnumerable<StoredLinkedId> Save() => _ids.Values.Select(id => id.Clone());
}
