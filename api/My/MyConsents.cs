using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Microsoft.AspNetCore.Http;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Api.My;

/// <summary>The consents that a form of the page says, as rules.</summary>
internal sealed class MyConsents(ExportResponse? known, IEnumerable<string> ofTenant)
{
    /// <summary>The source of what was said on the page.</summary>
    public const string Source = "my-footprint";

    private const string TextVersion = "my-footprint-2";

    private readonly ConsentChoices _choices = new(known, ofTenant);

    /// <summary>One rule, or the choices by purpose, kind of data and recipient.</summary>
    public IEnumerable<Consent> Of(IFormCollection form) => form.ContainsKey(FormFields.Purpose)
        ? [Rule(form[FormFields.Purpose], form[FormFields.Category], form[FormFields.Recipient].ToString().Trim(), DecisionOf(form[FormFields.Decision]))]
        : form.SelectMany(field => OfChoice(field.Key, DecisionOf(field.Value)));

    /// <summary>A denial of every purpose there is.</summary>
    public IEnumerable<Consent> OfNothing() => _choices.Purposes.Select(purpose => Rule(purpose, "", "", Decision.Deny));

    // Only what differs from what holds: a choice that was only looked at is not said again.
    private IEnumerable<Consent> OfChoice(string field, Decision decision)
    {
        if (field.StartsWith(FormFields.Choice, StringComparison.Ordinal))
        {
            var purpose = field[FormFields.Choice.Length..];
            return _choices.OfPurpose(purpose) != decision || (decision == Decision.Deny && _choices.Rules.Any(r => IsExceptionMadeElsewhere(r, purpose)))
                ? [Rule(purpose, "", "", decision)]
                : [];
        }

        return field.StartsWith(FormFields.CategoryChoice, StringComparison.Ordinal) ? OfEveryPurpose(field[FormFields.CategoryChoice.Length..], ConsentChoices.All, decision)
            : field.StartsWith(FormFields.RecipientChoice, StringComparison.Ordinal) ? OfEveryPurpose(ConsentChoices.All, field[FormFields.RecipientChoice.Length..], decision)
            : [];
    }

    // To take part in what is allowed is to have no rules of its own: an allowance would be narrower than the denial of a purpose.
    private IEnumerable<Consent> OfEveryPurpose(string category, string recipient, Decision decision) => _choices.IsDenied(category, recipient) == (decision == Decision.Deny)
        ? []
        : decision switch
        {
            Decision.Deny => _choices.Purposes.Select(p => Rule(p, category, recipient, Decision.Deny)),
            Decision.Allow => _choices.Purposes.Where(p => _choices.Find(p, category, recipient) is not null).Select(p => Rule(p, category, recipient, Decision.Withdrawn)),
            _ => [Rule("", category, recipient, decision)],
        };

    // Exceptions that were allowed here are the client's own; a denial beside which others stand is not what holds.
    private static bool IsExceptionMadeElsewhere(Consent rule, string purpose) =>
        rule.Purpose == purpose && rule.Decision == Decision.Allow && rule.Source != Source;

    private static Decision DecisionOf(string? said) => said switch
    {
        FormFields.Yes => Decision.Allow,
        FormFields.No => Decision.Deny,
        FormFields.Lift => Decision.Withdrawn,
        _ => Decision.Unspecified,
    };

    private static Consent Rule(string? purpose, string? category, string? recipient, Decision decision) => new()
    {
        Purpose = purpose ?? "",
        Category = category ?? "",
        Recipient = recipient ?? "",
        Decision = decision,
        Source = Source,
        TextVersion = TextVersion,
    };
}
