using System.Text.Json;
using System.Text.Json.Serialization;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>Writes down what clients did and saw, one JSON object a line.</summary>
internal sealed class History : IDisposable
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Lock _lock = new();
    private readonly StreamWriter _file;

    public History(string name)
    {
        Path = System.IO.Path.Combine(AppContext.BaseDirectory, "histories", name + ".jsonl");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _file = new StreamWriter(Path, append: false);
    }

    public string Path { get; }

    public static HistoryLine Parse(string line) => JsonSerializer.Deserialize<HistoryLine>(line, _json)!;

    public static string Format(HistoryLine line) => JsonSerializer.Serialize(line, _json);

    public void Add(HistoryLine line)
    {
        var text = Format(line);
        lock (_lock)
        {
            _file.WriteLine(text);
        }
    }

    /// <summary>All the lines so far, from the file.</summary>
    public IReadOnlyList<string> ReadAll()
    {
        lock (_lock)
        {
            _file.Flush();
        }

        return File.ReadAllLines(Path);
    }

    public void Dispose() => _file.Dispose();
}
