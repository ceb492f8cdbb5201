using System.IO.Pipelines;

namespace Footprint.Grid.Bench.Servers;

/// <summary>The floor of floors: sends back the frame that it got.</summary>
internal sealed class EchoServer : FramedHost
{
    protected override ValueTask AnswerAsync(string path, in ReadResult read, PipeWriter writer)
    {
        foreach (var segment in read.Buffer)
        {
            segment.Span.CopyTo(writer.GetSpan(segment.Length));
            writer.Advance(segment.Length);
        }

        return default;
    }
}
