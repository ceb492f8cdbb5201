using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Events;

/// <summary>Makes an event from outside fit to be applied.</summary>
public static class EventIntake
{
    /// <summary>
    /// Fills in a missing id and time (and returns them in <paramref name="result"/>), then checks what the event means.
    /// False when it is refused: the result then is REJECTED with every fault, fields named from <c>events[index]</c>.
    /// </summary>
    public static bool Prepare(FootprintEvent e, int index, long nowMs, RecordResult result) => throw new NotSupportedException();

    /// <summary>Likewise for an outcome, fields named from <c>outcomes[index]</c>.</summary>
    public static bool Prepare(Outcome outcome, int index, long nowMs, RecordResult result) => throw new NotSupportedException();
}
