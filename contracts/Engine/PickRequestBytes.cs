namespace Footprint.Grid.Engine;

/// <summary>
/// A <see cref="V1.PickContentRequest"/> as its bytes are, of the plain kind that most are: who, where, how many, in what time, and
/// the candidates. To make a hundred strings of a hundred candidates, only to look them up, was half of what picking among them cost.
/// </summary>
public readonly ref struct PickRequestBytes
{
    private const int MostIdBytes = 128;

    private PickRequestBytes(ReadOnlySpan<byte> clientId, ReadOnlySpan<byte> placement, int count, int deadlineMs, ReadOnlySpan<byte> candidates)
    {
        ClientId = clientId;
        Placement = placement;
        Count = count;
        DeadlineMs = deadlineMs;
        Candidates = candidates;
    }

    /// <summary>1 to 128 bytes of visible ASCII, as is the placement.</summary>
    public ReadOnlySpan<byte> ClientId { get; }

    public ReadOnlySpan<byte> Placement { get; }

    /// <summary>As it was sent, of whatever size.</summary>
    public int Count { get; }

    /// <inheritdoc cref="Count"/>
    public int DeadlineMs { get; }

    /// <summary>The fields one after the other, each with its tag and length; empty when there are none.</summary>
    public ReadOnlySpan<byte> Candidates { get; }

    /// <summary>False when the request says something else as well, or something is wrong with it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out PickRequestBytes request)
    {
        ReadOnlySpan<byte> clientId = [], placement = [], candidates = [];
        ulong count = 0, deadline = 0;
        request = default;
        var reader = new ForwardReader(message);
        for (uint tag; (tag = reader.Tag()) != 0;)
        {
            switch (tag)
            {
                case 0x0A:
                    clientId = reader.Bytes();
                    break;
                case 0x12:
                    placement = reader.Bytes();
                    break;
                case 0x18:
                    count = reader.Varint();
                    break;
                case CandidateTag when candidates.IsEmpty:
                    int first = message.Length - reader.Left - 1;
                    reader.SkipAll(CandidateTag);
                    candidates = message[first..^reader.Left];
                    break;
                case 0x38:
                    deadline = reader.Varint();
                    break;
                default:
                    return false;
            }
        }

        if (reader.Failed || !IsPlain(clientId) || !IsPlain(placement) || count > int.MaxValue || deadline > int.MaxValue)
        {
            return false;
        }

        request = new PickRequestBytes(clientId, placement, (int)count, (int)deadline, candidates);
        return true;
    }

    /// <summary>Takes the next candidate off the front of <see cref="Candidates"/>; false when there is none.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref ReadOnlySpan<byte> candidates, out ReadOnlySpan<byte> id)
    {
        id = [];
        if (candidates.Length < 2)
        {
            return false;
        }

        int length = candidates[1];
        if (length < 0x80)
        {
            id = candidates.Slice(2, length);
            candidates = candidates[(2 + length)..];
            return true;
        }

        var reader = new ForwardReader(candidates[1..]);
        id = reader.Bytes();
        candidates = candidates[^reader.Left..];
        return !reader.Failed;
    }

    /// <summary>Whether it is an id of visible ASCII.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> id) => id.Length is > 0 and <= MostIdBytes && !id.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    private const uint CandidateTag = 0x22;
}
