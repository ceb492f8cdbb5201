namespace Footprint.Grid.Pages.My;

/// <summary>The names of the forms' fields.</summary>
public static class FormFields
{
    public const string Token = "token";
    public const string Topic = "topic";
    public const string Answer = "answer";
    public const string Name = "name";
    public const string Value = "value";
    public const string Category = "category";
    public const string Purpose = "purpose";
    public const string Recipient = "recipient";
    public const string Decision = "decision";
    public const string Sure = "sure";

    /// <summary>Before the name of a purpose: the choice for all of it.</summary>
    public const string Choice = "choice.";

    /// <summary>Values of <see cref="Answer"/> and <see cref="Decision"/>.</summary>
    public const string Yes = "yes";
    public const string No = "no";
}
