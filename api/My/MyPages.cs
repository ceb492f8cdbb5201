using System.Diagnostics;
using System.Text;
using Footprint.Grid.Api.Json;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Engine;
using Footprint.Grid.Pages;
using Footprint.Grid.Pages.My;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.My;

/// <summary>
/// Serves "My footprint" under <c>/my</c>. A signed link brings a client in and becomes a session in a cookie; every page
/// and form needs it, and that the id which the link was made for leads to the same client still. At most <see cref="MaxAtOnce"/> at a time, since nobody is asked for a key.
/// </summary>
internal sealed class MyPages(IClientEngine engine, MyPassCodec passes, MyIds ids, MyForms forms, FootprintApiOptions options, TimeProvider time)
{
    private const int MaxAtOnce = 64;

    private static readonly JsonFormatter _json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    private readonly Slots _slots = new(MaxAtOnce);

    public IEnumerable<JsonRoute> Routes =>
    [
        new("GET", Segments(PagePaths.Style), null, (context, _) => MyAnswer.WriteAsync(context, StyleSheet.Bytes, "text/css; charset=utf-8")),
        new("GET", Segments(PagePaths.Enter), null, (context, _) => EnterAsync(context)),
        Page(PagePaths.Home, ShowAsync),
        Page(PagePaths.Download, DownloadAsync),
        Page(PagePaths.Erase, visit => ConfirmEraseAsync(visit, wasUnsure: false)),
        Form(PagePaths.Consents, forms.SetConsentsAsync),
        Form(PagePaths.Withdraw, forms.WithdrawAsync),
        Form(PagePaths.Interest, forms.AnswerAsync),
        Form(PagePaths.Trait, forms.CorrectTraitAsync),
        Form(PagePaths.Unlink, forms.UnlinkAsync),
        Form(PagePaths.Erase, EraseAsync),
        Form(PagePaths.Leave, LeaveAsync),
    ];

    private static string[] Segments(string path) => path[1..].Split('/');

    private JsonRoute Page(string path, Func<MyVisit, Task> answer) =>
        new("GET", Segments(path), null, (context, _) => AnswerAsync(new MyVisit(context, passes, time), answer));

    private JsonRoute Form(string path, Func<MyVisit, IFormCollection, Task> answer) => new("POST", Segments(path), null, (context, _) =>
        AnswerAsync(new MyVisit(context, passes, time), async visit =>
        {
            if (await MyForms.ReadAsync(visit) is { } form && passes.IsFormToken(visit.Session, form[FormFields.Token]))
            {
                await answer(visit, form);
            }
            else
            {
                await MyAnswer.PageAsync(context, SmallPages.Failed(visit.Language, "failed.form"), StatusCodes.Status400BadRequest);
            }
        }));

    private async Task AnswerAsync(MyVisit visit, Func<MyVisit, Task> answer)
    {
        if (visit.Pass is null)
        {
            await MyAnswer.PageAsync(visit.Context, SmallPages.Expired(visit.Language), StatusCodes.Status401Unauthorized);
            return;
        }

        if (!_slots.TryTake())
        {
            await MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, "failed.busy"), StatusCodes.Status503ServiceUnavailable);
            return;
        }

        try
        {
            // What is done then is done to the client of the pass, wherever the id leads meanwhile.
            if (await ids.ClientOfAsync(visit.Pass.Id, visit.Call) == visit.Pass.ClientId)
            {
                await answer(visit);
            }
            else
            {
                await RefuseAsync(visit);
            }
        }
        catch (GridException refused)
        {
            var (reason, status) = refused.Code switch
            {
                Code.FailedPrecondition => ("failed.refused", StatusCodes.Status400BadRequest),
                Code.InvalidArgument or Code.NotFound => ("failed.form", StatusCodes.Status400BadRequest),
                _ => ("failed.busy", StatusCodes.Status503ServiceUnavailable),
            };
            await MyAnswer.PageAsync(visit.Context, SmallPages.Failed(visit.Language, reason), status);
        }
        finally
        {
            _slots.Give();
        }
    }

    // Somebody else's page by now.
    private static Task RefuseAsync(MyVisit visit)
    {
        visit.End();
        return MyAnswer.PageAsync(visit.Context, SmallPages.Elsewhere(visit.Language), StatusCodes.Status410Gone);
    }

    private Task EnterAsync(HttpContext context)
    {
        // The address holds the pass, so what traces of web requests there are must not go anywhere.
        if (Activity.Current is { } trace)
        {
            trace.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            trace.IsAllDataRequested = false;
        }

        var visit = new MyVisit(context, passes, time);
        var now = time.GetUtcNow();
        if (passes.ReadLink(context.Request.Query["pass"], now) is not { } pass)
        {
            return MyAnswer.PageAsync(context, SmallPages.Expired(visit.Language), StatusCodes.Status401Unauthorized);
        }

        visit.Begin(passes.Session(pass with { Expires = now.AddMinutes(MyVisit.Minutes) }));
        return MyAnswer.PageAsync(context, SmallPages.Entering(visit.Language));
    }

    private async Task ShowAsync(MyVisit visit)
    {
        var pass = visit.Pass!;
        string? done = visit.Context.Request.Query["done"];
        var view = new FootprintView(
            pass.ClientId, await KnownAsync(visit), visit.Language, passes.FormToken(visit.Session),
            done is "consents" or "withdrawn" or "interest" or "trait" or "unlink" ? "done." + done : null, MyVisit.Minutes)
        {
            Purposes = options.PurposesOf(pass.Tenant),
        };
        await MyAnswer.PageAsync(visit.Context, FootprintPage.Render(view));
    }

    private async Task DownloadAsync(MyVisit visit)
    {
        var known = await KnownAsync(visit) ?? new ExportResponse();
        visit.Context.Response.Headers.ContentDisposition = "attachment; filename=\"footprint.json\"";
        await MyAnswer.WriteAsync(visit.Context, Encoding.UTF8.GetBytes(_json.Format(known)), "application/json; charset=utf-8");
    }

    private Task ConfirmEraseAsync(MyVisit visit, bool wasUnsure) => MyAnswer.PageAsync(
        visit.Context,
        SmallPages.ConfirmErase(visit.Language, passes.FormToken(visit.Session), wasUnsure),
        wasUnsure ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private async Task EraseAsync(MyVisit visit, IFormCollection form)
    {
        if (form[FormFields.Sure] != FormFields.Yes)
        {
            await ConfirmEraseAsync(visit, wasUnsure: true);
            return;
        }

        var receipt = await engine.EraseAsync(new EraseRequest { ClientId = visit.Pass!.ClientId }, visit.Call);
        visit.End();
        await MyAnswer.PageAsync(visit.Context, SmallPages.Erased(visit.Language, receipt));
    }

    private static Task LeaveAsync(MyVisit visit, IFormCollection form)
    {
        visit.End();
        return MyAnswer.PageAsync(visit.Context, SmallPages.Left(visit.Language));
    }

    private async Task<ExportResponse?> KnownAsync(MyVisit visit)
    {
        try
        {
            var known = await engine.ExportAsync(new ExportRequest { ClientId = visit.Pass!.ClientId }, visit.Call);

            // Linked to somebody in this very moment; the next visit is refused.
            return known.Profile is null || known.Profile.ClientId == visit.Pass.ClientId
                ? known
                : throw new GridException(Code.Aborted, "The id leads to somebody else now.");
        }
        catch (GridException none) when (none.Code == Code.NotFound)
        {
            return null;
        }
    }
}
