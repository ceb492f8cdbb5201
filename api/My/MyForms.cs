using Footprint.Grid.Engine;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Api.My;

/// <summary>What the forms of "My footprint" change, each by the same call of the engine that the API makes.</summary>
internal sealed class MyForms(IClientEngine engine)
{
    /// <summary>The source of consents that were said on the page.</summary>
    public const string Source = "my-footprint";

    /// <summary>The type of the event that corrects a trait.</summary>
    public const string Correction = "correction";

    private const string TextVersion = "my-footprint-1";
    private const int MaxBytes = 64 * 1024;
    private const int MaxFields = 400;

    /// <summary>Null for what is no form, or too large a one.</summary>
    public static async Task<IFormCollection?> ReadAsync(MyVisit visit)
    {
        var request = visit.Context.Request;
        if (!request.HasFormContentType || request.ContentLength is null or > MaxBytes)
        {
            return null;
        }

        try
        {
            var limits = new FormOptions { BufferBodyLengthLimit = MaxBytes, ValueCountLimit = MaxFields, ValueLengthLimit = MaxBytes, KeyLengthLimit = 256 };
            return await new FormFeature(request, limits).ReadFormAsync(visit.Context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    public async Task SetConsentsAsync(MyVisit visit, IFormCollection form)
    {
        // A denial here is meant for everything that it names, whatever was allowed of it elsewhere before.
        var request = new SetConsentsRequest { ClientId = visit.Pass!.ClientId, EndNarrower = true };
        if (form.ContainsKey(FormFields.Purpose))
        {
            request.Consents.Add(Rule(form[FormFields.Purpose], form[FormFields.Category], form[FormFields.Recipient], form[FormFields.Decision]));
        }
        else
        {
            await AddChoicesAsync(request, visit, form);
        }

        if (request.Consents.Count > 0)
        {
            await engine.SetConsentsAsync(request, visit.Call);
        }

        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=consents");
    }

    public async Task AnswerInterestAsync(MyVisit visit, IFormCollection form)
    {
        var request = new ConfirmInterestRequest
        {
            ClientId = visit.Pass!.ClientId,
            Topic = form[FormFields.Topic].ToString(),
            Answer = form[FormFields.Answer].ToString() switch
            {
                FormFields.Yes => Answer.Confirm,
                FormFields.No => Answer.Reject,
                _ => Answer.Unspecified,
            },
        };
        await engine.ConfirmInterestAsync(request, visit.Call);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=interest");
    }

    /// <summary>A correction is an act of the client like any other, so consent and history see it as one.</summary>
    public async Task CorrectTraitAsync(MyVisit visit, IFormCollection form)
    {
        var correction = new FootprintEvent
        {
            ClientId = visit.Pass!.ClientId,
            Type = Correction,
            Kind = FootprintEvent.Types.Kind.Active,
            Channel = FootprintEvent.Types.Channel.Web,
            Traits =
            {
                new TraitValue
                {
                    Name = form[FormFields.Name].ToString(),
                    Value = form[FormFields.Value].ToString(),
                    Category = form[FormFields.Category].ToString(),
                },
            },
        };
        var answer = await engine.RecordAsync(new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { correction } }, visit.Call);
        if (answer.Results[0].Error is { } refused)
        {
            var reason = refused.Code == "FAILED_PRECONDITION" ? "failed.refused" : "failed.form";
            await MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, reason), StatusCodes.Status400BadRequest);
            return;
        }

        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=trait");
    }

    // Only what differs from what holds: a choice that was only looked at is not said again. Exceptions that were allowed
    // here are the client's own; a denial beside which others stand is not what holds.
    private async Task AddChoicesAsync(SetConsentsRequest request, MyVisit visit, IFormCollection form)
    {
        IReadOnlyList<Consent> rules = [];
        try
        {
            rules = (await engine.GetProfileAsync(new GetProfileRequest { ClientId = request.ClientId }, visit.Call)).Consents;
        }
        catch (GridException none) when (none.Code == Google.Rpc.Code.NotFound)
        {
            // Nothing was said before.
        }

        foreach (var (field, value) in form)
        {
            if (field.StartsWith(FormFields.Choice, StringComparison.Ordinal))
            {
                var choice = Rule(field[FormFields.Choice.Length..], "", "", value);
                var said = rules.FirstOrDefault(r => r.Purpose == choice.Purpose && r.Category == "*" && r.Recipient == "*");
                if (said?.Decision != choice.Decision || (choice.Decision == Decision.Deny && rules.Any(r => IsExceptionMadeElsewhere(r, choice.Purpose))))
                {
                    request.Consents.Add(choice);
                }
            }
        }
    }

    private static bool IsExceptionMadeElsewhere(Consent rule, string purpose) =>
        rule.Purpose == purpose && rule.Decision == Decision.Allow && rule.Source != Source;

    private static Consent Rule(string? purpose, string? category, string? recipient, string? decision) => new()
    {
        Purpose = purpose ?? "",
        Category = category ?? "",
        Recipient = recipient?.Trim() ?? "",
        Decision = decision switch
        {
            FormFields.Yes => Decision.Allow,
            FormFields.No => Decision.Deny,
            _ => Decision.Unspecified,
        },
        Source = Source,
        TextVersion = TextVersion,
    };
}
