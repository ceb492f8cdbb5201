using System.Threading.Channels;

namespace Footprint.Grid.Node.Import;

/// <summary>
/// Streams a file of items to a node in batches. The next batches are read and checked while one is on its way; they are sent one
/// after the other, so that of two lines for one item the later holds. Memory is bounded by the batches in the channel.
/// </summary>
internal sealed class ItemImport(ItemSender sender, IImportProgress progress, bool continueOnError)
{
    public const int BatchItems = 1_000;

    // Below the 4 MiB that a node takes, with room for what stands around the items.
    private const int BatchBytes = 3 * 1024 * 1024;
    private const int BatchesAhead = 4;

    private long _items;
    private long _badLines;

    public async Task<ImportResult> RunAsync(Stream file, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<(List<ImportLine> Lines, List<LineFault> Faults, long Bytes)>(BatchesAhead);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = ReadAsync(file, channel.Writer, abandoned.Token);
        string? failure = null;
        var bytes = 0L;
        await foreach (var batch in channel.Reader.ReadAllAsync(stop))
        {
            bytes = batch.Bytes;
            failure = await TakeAsync(batch.Lines, batch.Faults, stop);
            progress.Report(new ImportCounts(_items, _badLines, bytes));
            if (failure is not null)
            {
                await abandoned.CancelAsync();
                break;
            }
        }

        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            // The reader was told to stop, and did.
        }

        return new ImportResult(new ImportCounts(_items, _badLines, bytes), failure);
    }

    private static async Task ReadAsync(
        Stream file, ChannelWriter<(List<ImportLine>, List<LineFault>, long)> output, CancellationToken stop)
    {
        try
        {
            var reader = new LineReader(file);
            var lines = new List<ImportLine>(BatchItems);
            var faults = new List<LineFault>();
            var size = 0;
            await foreach (var (number, bytes) in reader.ReadAsync(stop))
            {
                var fault = bytes is null
                    ? new LineFault(number, "", "is too long", $"at most {LineReader.MaxLineBytes} bytes")
                    : LineCheck.Form(number, bytes);
                if (lines.Count + faults.Count == BatchItems || size + (bytes?.Length ?? 0) > BatchBytes)
                {
                    await output.WriteAsync((lines, faults, reader.BytesRead), stop);
                    (lines, faults, size) = (new List<ImportLine>(BatchItems), [], 0);
                }

                if (fault is not null)
                {
                    faults.Add(fault);
                }
                else
                {
                    lines.Add(new ImportLine(number, bytes));
                    size += bytes!.Length + 1;
                }
            }

            await output.WriteAsync((lines, faults, reader.BytesRead), stop);
            output.Complete();
        }
        catch (Exception e)
        {
            output.Complete(e);
            throw;
        }
    }

    // Null when the batch is in, but for its bad lines; else why the import stops.
    private async Task<string?> TakeAsync(List<ImportLine> lines, List<LineFault> faults, CancellationToken stop)
    {
        Tell(faults);
        if (faults.Count > 0 && !continueOnError)
        {
            return StoppedAt(faults.Min(fault => fault.Line));
        }

        while (lines.Count > 0)
        {
            var answer = await sender.SendAsync(lines, stop);
            if (answer.IsTaken)
            {
                _items += lines.Count;
                return null;
            }

            if (answer.Failure is not null)
            {
                return answer.Failure;
            }

            var bad = Gather(lines, answer);
            Tell([.. bad.Values.SelectMany(fault => fault)]);
            if (!continueOnError)
            {
                return StoppedAt(bad.Keys.Min());
            }

            lines.RemoveAll(line => bad.ContainsKey(line.Number));
        }

        return null;
    }

    // The node stops at the first fault of syntax or type; looking here finds the others without a call for each.
    private static Dictionary<long, List<LineFault>> Gather(List<ImportLine> lines, BatchAnswer answer)
    {
        var bad = answer.Faults.GroupBy(fault => fault.Fault.Line).ToDictionary(line => line.Key, line => line.Select(f => f.Fault).ToList());
        foreach (var line in lines.Where(line => !bad.ContainsKey(line.Number)))
        {
            if (LineCheck.Item(line) is { } fault)
            {
                bad.Add(line.Number, [fault]);
            }
        }

        return bad;
    }

    private static string StoppedAt(long line) =>
        $"stopped at line {line}; nothing of its batch was taken. Correct the line and import again, or use --continue-on-error";

    private void Tell(IReadOnlyList<LineFault> faults)
    {
        _badLines += faults.Select(fault => fault.Line).Distinct().Count();
        foreach (var fault in faults.OrderBy(fault => fault.Line))
        {
            progress.Report(fault);
        }
    }
}
