namespace Footprint.Grid.Pages.My;

/// <summary>The names of the forms' fields.</summary>
public static class FormFields
{
    public const string Token = "token";
    public const string Topic = "topic";
    public const string Answer = "answer";
    public const string Name = "name";
    public const string Value = "value";

    /// <summary>The value of a trait that <see cref="Value"/> corrects.</summary>
    public const string Corrected = "corrected";
    public const string Category = "category";
    public const string Purpose = "purpose";
    public const string Recipient = "recipient";
    public const string Decision = "decision";
    public const string Sure = "sure";

    public const string Id = "id";

    /// <summary>Before the name of a purpose: the choice for all of it.</summary>
    public const string Choice = "choice.";

    /// <summary>Before the name of a kind of data, or of a recipient: whether it has a part in anything.</summary>
    public const string CategoryChoice = "category.";
    public const string RecipientChoice = "recipient.";

    /// <summary>Values of <see cref="Answer"/> and <see cref="Decision"/>.</summary>
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>A <see cref="Decision"/> that takes an earlier one back.</summary>
    public const string Lift = "lift";
}
