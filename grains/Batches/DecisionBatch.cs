using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>The answers to the decisions of one message, which each client gives in its own turn.</summary>
internal sealed class DecisionBatch(int count)
{
    public static readonly Payload Elsewhere = new((byte)PayloadKind.Elsewhere, SiloKey.None, default);

    private readonly Payload[] _answers = new Payload[count];
    private readonly TaskCompletionSource<Payload[]> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = count;

    public ValueTask<Payload[]> Answers => _answers.Length == 0 ? new(_answers) : new(_whole.Task);

    /// <summary>Once for each; from any thread.</summary>
    public void Answer(int index, in Payload answer)
    {
        _answers[index] = answer;
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _whole.SetResult(_answers);
        }
    }
}
