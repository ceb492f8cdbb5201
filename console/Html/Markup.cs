namespace Footprint.Grid.Pages.Html;

/// <summary>HTML that needs no more encoding. Made from an interpolated text whose values are encoded, so what a client or a caller wrote stays text.</summary>
internal readonly record struct Markup(string Text)
{
    public static Markup None { get; } = new("");

    /// <summary>The literal parts as they are; every value encoded unless it is markup itself.</summary>
    public static Markup Of(MarkupBuilder html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Text)));

    public Markup When(bool condition) => condition ? this : None;

    public override string ToString() => Text;
}
