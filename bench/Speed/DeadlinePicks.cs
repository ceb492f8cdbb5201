using Footprint.Grid.Bench.Load;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Speed;

/// <summary>The picks of <see cref="PickSource"/>, events between them, each with a time limit; counts which were given personally.</summary>
internal sealed class DeadlinePicks(PickSource picks, int deadlineMs) : CallSource
{
    // To read every answer would cost the load as much as to send it.
    private const int LookedInto = 16;
    private long _answers;

    public override IReadOnlyList<string> Paths => picks.Paths;

    /// <summary>Of the answers looked into, the share that was not given up as late.</summary>
    public double PersonalShare => Seen == 0 ? 0 : (double)Personal / Seen;

    private long Seen { get; set; }

    private long Personal { get; set; }

    public override int Write(long number, Span<byte> message, out int path)
    {
        var length = picks.Write(number, message, out path);
        if (path != 0)
        {
            return length;
        }

        var rest = new WireWriter(message[length..]);
        rest.Varint(PickContentRequest.DeadlineMsFieldNumber, (uint)deadlineMs);
        return length + rest.Length;
    }

    public override void Answered(long number, int path, ReadOnlySpan<byte> message)
    {
        if (path != 0 || _answers++ % LookedInto != 0)
        {
            return;
        }

        var answer = PickContentResponse.Parser.ParseFrom(message);
        Seen++;
        Personal += answer.Personalized ? 1 : 0;
        if (answer.Picks.Count != 10 || (!answer.Personalized && answer.Fallback != Fallback.Types.Reason.Deadline))
        {
            throw new InvalidOperationException($"Expected 10 picks, personal or late, got {answer}.");
        }
    }
}
