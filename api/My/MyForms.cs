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
            await RefuseAsync(visit, "failed.form");
            return;
        }

        await SayAsync(visit, (await ConsentsAsync(visit)).OfNothing(), replace: true);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=withdrawn");
    }

    /// <summary>Of an interest or of a trait.</summary>
    public async Task AnswerAsync(MyVisit visit, IFormCollection form)
    {
        var answer = form[FormFields.Answer].ToString() switch
        {
            FormFields.Yes => Answer.Confirm,
            FormFields.No => Answer.Reject,
            _ => Answer.Unspecified,
        };
        await ConfirmAsync(visit, form[FormFields.Topic].ToString(), form[FormFields.Name].ToString(), form[FormFields.Value].ToString(), answer);
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
        if (answer.Results[0].Error is { } refused)
        {
            await RefuseAsync(visit, refused.Code == "FAILED_PRECONDITION" ? "failed.refused" : "failed.form");
            return;
        }

        // The act may be kept while the kind of data that it corrects may not.
        var said = correction.Traits[0];
        var profile = await engine.GetProfileAsync(new GetProfileRequest { ClientId = visit.Pass!.ClientId }, visit.Call);
        Trait[] statements = [.. profile.Traits.Concat(profile.OtherStatements).Where(t => t.Name == said.Name)];
        if (!statements.Any(t => t.Value == said.Value))
        {
            await RefuseAsync(visit, "failed.refused");
            return;
        }

        // What was corrected is not true, also for who may not use what the client said instead; unless that took its place.
        var corrected = form[FormFields.Corrected].ToString();
        if (corrected.Length > 0 && corrected != said.Value && statements.Any(t => t.Value == corrected && t.Trust != Interest.Types.Trust.Rejected))
        {
            await ConfirmAsync(visit, topic: "", said.Name, corrected, Answer.Reject);
        }

        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=trait");
    }

    public async Task UnlinkAsync(MyVisit visit, IFormCollection form)
    {
        await engine.UnlinkAsync(new UnlinkRequest { ClientId = visit.Pass!.ClientId, AnonymousId = form[FormFields.Id].ToString() }, visit.Call);
        await MyAnswer.SeeOther(visit.Context, PagePaths.Home + "?done=unlink");
    }

    private async Task ConfirmAsync(MyVisit visit, string topic, string trait, string value, Answer answer)
    {
        var request = new ConfirmInterestRequest
        {
            ClientId = visit.Pass!.ClientId,
            Topic = topic,
            Trait = trait,
            Value = value,
            Channel = FootprintEvent.Types.Channel.Web,
            Source = MyConsents.Source,
            Answer = answer,
        };
        await engine.ConfirmInterestAsync(request, visit.Call);
    }

    private static Task RefuseAsync(MyVisit visit, string reason) =>
        MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, reason), StatusCodes.Status400BadRequest);

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
