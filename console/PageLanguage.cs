using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Footprint.Grid.Pages;

/// <summary>A language of the pages and all its texts, from the resource of its code.</summary>
public sealed class PageLanguage
{
    private readonly FrozenDictionary<string, string> _texts;

    private PageLanguage(string code)
    {
        Code = code;
        using var stream = typeof(PageLanguage).Assembly.GetManifestResourceStream("Texts/" + code)
            ?? throw new InvalidOperationException($"There are no texts in {code}.");
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All there are; the first is for whoever wants none of them.</summary>
    public static IReadOnlyList<PageLanguage> All { get; } = [new("en"), new("es"), new("vi")];

    /// <summary>For example <c>en</c>.</summary>
    public string Code { get; }

    /// <summary>In the language itself.</summary>
    public string Name => this["language"];

    internal IEnumerable<string> Keys => _texts.Keys;

    internal string this[string key] => _texts[key];

    /// <summary>The language of that code; null when there is none.</summary>
    public static PageLanguage? Find(string? code) => All.FirstOrDefault(language => language.Code == code);

    /// <summary>What a browser's <c>Accept-Language</c> likes best among the languages there are.</summary>
    public static PageLanguage Best(string? acceptLanguage)
    {
        var best = All[0];
        var most = 0.0;
        foreach (var part in (acceptLanguage ?? "").Split(',', 20, StringSplitOptions.TrimEntries))
        {
            var range = part.Split(';', 2, StringSplitOptions.TrimEntries);
            var quality = range.Length == 1 ? 1 : Quality(range[1]);
            if (quality > most && Find(range[0].Split('-')[0].ToLowerInvariant()) is { } language)
            {
                (best, most) = (language, quality);
            }
        }

        return best;
    }

    internal bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>The text with its places filled in.</summary>
    internal string Format(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>The text of a name that callers chose, such as a purpose; the name itself when there is none.</summary>
    internal string Named(string group, string name) => _texts.GetValueOrDefault($"{group}.{name}", name);

    private static double Quality(string parameter) =>
        parameter.StartsWith("q=", StringComparison.Ordinal)
        && double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
        && quality <= 1 ? quality : 0;
}
