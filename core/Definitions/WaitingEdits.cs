using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Core.Definitions;

/// <summary>What becomes of callers' changes that a writer takes together.</summary>
public static class WaitingEdits
{
    /// <summary>Adds what can still be done in time to the batch and tells the others why not. Gives what was added, with the version each makes.</summary>
    public static List<(WaitingEdit Edit, ulong Version)> Take(this DefinitionsBatch batch, List<WaitingEdit> edits, DateTimeOffset now)
    {
        var taken = new List<(WaitingEdit Edit, ulong Version)>(edits.Count);
        foreach (WaitingEdit edit in edits)
        {
            if (edit.Deadline <= now)
            {
                edit.Done.TrySetException(new GridException(Code.Unavailable, "The change was not begun by its deadline; nothing was changed."));
                continue;
            }

            try
            {
                taken.Add((edit, batch.Add(edit.Edit)));
            }
            catch (GridException e)
            {
                edit.Done.TrySetException(e);
            }
        }

        return taken;
    }

    /// <summary>Tells callers that their changes are durable.</summary>
    public static void Complete(this List<(WaitingEdit Edit, ulong Version)> taken)
    {
        foreach ((WaitingEdit edit, ulong version) in taken)
        {
            edit.Done.TrySetResult(version);
        }
    }

    /// <summary>Tells those who were not answered yet, with <c>UNAVAILABLE</c>.</summary>
    public static void Fail(this List<WaitingEdit> edits, string why)
    {
        foreach (WaitingEdit edit in edits)
        {
            edit.Done.TrySetException(new GridException(Code.Unavailable, why));
        }
    }
}
