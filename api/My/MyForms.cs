using Footprint.Grid.Engine;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Answer = Footprint.Grid.V1.ConfirmInterestRequest.Types.Answer;

namespace Footprint.Grid.Api.My;

/// <summary>What the forms of "My footprint" change, each by the same call of the engine that the API makes.</summary>
internal sealed class MyForms(IClientEngine engine, FootprintApiOptions options)
{
    /// <summary>The type of the event that corrects a trait.</summary>
    public const string Correction = "correction";

    private const int MaxBytes = 64 * 1024;
    private const int MaxFields = 400;

    // What one request may say.
    private const int MostRules = 100;

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
        await SayAsync(visit, (await ConsentsAsync(visit)).Of(form), replace: false);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=consents");
    }

    public async Task WithdrawAsync(MyVisit visit, IFormCollection form)
    {
        if (form[FormFields.Sure] != FormFields.Yes)
        {
            await MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, "failed.form"), StatusCodes.Status400BadRequest);
            return;
        }

        await SayAsync(visit, (await ConsentsAsync(visit)).OfNothing(), replace: true);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=withdrawn");
    }

    /// <summary>Of an interest or of a trait.</summary>
    public async Task AnswerAsync(MyVisit visit, IFormCollection form)
    {
        var request = new ConfirmInterestRequest
        {
            ClientId = visit.Pass!.ClientId,
            Topic = form[FormFields.Topic].ToString(),
            Trait = form[FormFields.Name].ToString(),
            Value = form[FormFields.Value].ToString(),
            Channel = FootprintEvent.Types.Channel.Web,
            Source = MyConsents.Source,
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
            Source = MyConsents.Source,
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
        var reason = answer.Results[0].Error is { } refused ? refused.Code == "FAILED_PRECONDITION" ? "failed.refused" : "failed.form"
            : await HoldsAsync(visit, correction.Traits[0]) ? null : "failed.refused";
        if (reason is not null)
        {
            await MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, reason), StatusCodes.Status400BadRequest);
            return;
        }

        await RejectCorrectedAsync(visit, correction.Traits[0], form[FormFields.Corrected].ToString());
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=trait");
    }

    // What was corrected is not true, also for who may not use what the client said instead.
    private async Task RejectCorrectedAsync(MyVisit visit, TraitValue said, string corrected)
    {
        if (corrected.Length > 0 && corrected != said.Value)
        {
            await engine.ConfirmInterestAsync(
                new ConfirmInterestRequest
                {
                    ClientId = visit.Pass!.ClientId,
                    Trait = said.Name,
                    Value = corrected,
                    Answer = Answer.Reject,
                    Channel = FootprintEvent.Types.Channel.Web,
                    Source = MyConsents.Source,
                },
                visit.Call);
        }
    }

    // The act may be kept while the kind of data that it corrects may not.
    private async Task<bool> HoldsAsync(MyVisit visit, TraitValue said)
    {
        var profile = await engine.GetProfileAsync(new GetProfileRequest { ClientId = visit.Pass!.ClientId }, visit.Call);
        return profile.Traits.Concat(profile.OtherStatements).Any(t => t.Name == said.Name && t.Value == said.Value);
    }

    public async Task UnlinkAsync(MyVisit visit, IFormCollection form)
    {
        await engine.UnlinkAsync(new UnlinkRequest { ClientId = visit.Pass!.ClientId, AnonymousId = form[FormFields.Id].ToString() }, visit.Call);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=unlink");
    }

    // A denial here is meant for everything that it names, whatever was allowed of it elsewhere before.
    private async Task SayAsync(MyVisit visit, IEnumerable<Consent> rules, bool replace)
    {
        foreach (var part in rules.Chunk(MostRules))
        {
            var request = new SetConsentsRequest { ClientId = visit.Pass!.ClientId, EndNarrower = true, Replace = replace, Consents = { part } };
            await engine.SetConsentsAsync(request, visit.Call);
            replace = false;
        }
    }

    private async Task<MyConsents> ConsentsAsync(MyVisit visit)
    {
        var purposes = options.PurposesOf(visit.Pass!.Tenant);
        try
        {
            return new MyConsents(await engine.ExportAsync(new ExportRequest { ClientId = visit.Pass.ClientId }, visit.Call), purposes);
        }
        catch (GridException none) when (none.Code == Google.Rpc.Code.NotFound)
        {
            // Nothing was kept yet.
            return new MyConsents(null, purposes);
        }
    }
}
