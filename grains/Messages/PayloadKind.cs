namespace Footprint.Grid.Grains.Messages;

/// <summary>How an answer's body is to be read. Sent between processes: the numbers stay as they are.</summary>
internal enum PayloadKind : byte
{
    /// <summary>The answer's message.</summary>
    Answer = 0,

    /// <summary>A google.rpc.Status.</summary>
    Fault = 1,

    /// <summary>The id, in UTF-8, of the client that this one became a part of; ask there.</summary>
    Redirect = 2,

    /// <summary>No answer: nothing was done here. Ask the client itself.</summary>
    Elsewhere = 3,
}
