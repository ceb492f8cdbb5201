using System.Globalization;

namespace Footprint.Grid.Node.Import;

/// <summary>Progress on one line that is written over, or as lines when nobody watches; bad lines on standard error.</summary>
/// <param name="totalBytes">Of the file.</param>
internal sealed class ConsoleImportProgress(TextWriter output, TextWriter errors, TimeProvider time, long totalBytes, bool inPlace)
    : IImportProgress
{
    private const int MaxShownFaults = 1_000;

    private static readonly TimeSpan _placeEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _lineEvery = TimeSpan.FromSeconds(5);

    private readonly long _began = time.GetTimestamp();
    private long _shown = time.GetTimestamp();
    private long _faults;

    public void Report(ImportCounts counts)
    {
        if (time.GetElapsedTime(_shown) >= (inPlace ? _placeEvery : _lineEvery))
        {
            _shown = time.GetTimestamp();
            output.Write(inPlace ? "\r" + Line(counts).PadRight(78) : Line(counts) + Environment.NewLine);
            output.Flush();
        }
    }

    public void Report(LineFault fault)
    {
        if (_faults++ < MaxShownFaults)
        {
            errors.WriteLine(fault);
        }
        else if (_faults == MaxShownFaults + 1)
        {
            errors.WriteLine($"More bad lines follow; only {MaxShownFaults} are shown.");
        }
    }

    public void End(ImportResult result)
    {
        output.WriteLine((inPlace ? "\r" : "") + Line(result.Counts).PadRight(inPlace ? 78 : 0));
        if (result.Failure is not null)
        {
            errors.WriteLine($"The import did not finish: {result.Failure.TrimEnd('.')}.");
        }
    }

    private string Line(ImportCounts counts)
    {
        var seconds = Math.Max(time.GetElapsedTime(_began).TotalSeconds, 0.001);
        var percent = totalBytes == 0 ? 100 : Math.Min(100, 100 * counts.Bytes / totalBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{percent,3} %  {counts.Items:N0} items  {counts.Items / seconds:N0}/s  {counts.BadLines:N0} bad lines  {seconds:0.0} s");
    }
}
