namespace Footprint.Grid.Api.Options;

/// <summary>How the text of an option is read.</summary>
internal enum OptionKind
{
    /// <summary>Any text that the option's own check accepts.</summary>
    Text,

    /// <summary>Text that must never be shown.</summary>
    Secret,

    /// <summary>One of the row's choices.</summary>
    Choice,

    /// <summary>A whole number between the row's bounds.</summary>
    Number,
}
