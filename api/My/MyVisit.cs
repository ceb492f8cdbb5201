using Footprint.Grid.Api.Privacy;
using Footprint.Grid.Engine;
using Footprint.Grid.Pages;
using Footprint.Grid.Pages.My;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.My;

/// <summary>One request to the pages: who it is, in which language, and until when an answer is wanted.</summary>
internal sealed class MyVisit
{
    public const int Minutes = 30;

    private const string SessionCookie = "fg_my";
    private const string LanguageCookie = "fg_my_lang";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;

    public MyVisit(HttpContext context, MyPassCodec passes, TimeProvider time)
    {
        (Context, _time) = (context, time);
        Session = context.Request.Cookies[SessionCookie] ?? "";
        Pass = passes.ReadSession(Session, time.GetUtcNow());
        Language = ReadLanguage();
    }

    public HttpContext Context { get; }

    /// <summary>As the cookie has it.</summary>
    public string Session { get; }

    /// <summary>Null without a session that holds.</summary>
    public MyPass? Pass { get; }

    public PageLanguage Language { get; }

    public CallContext Call => new(Pass!.Tenant, _time.GetUtcNow() + _limit, Context.RequestAborted) { HasPrivacySignal = PrivacyHeader.IsSet(Context.Request.Headers) };

    public void Begin(string session) => Context.Response.Cookies.Append(SessionCookie, session, Cookie(TimeSpan.FromMinutes(Minutes)));

    public void End() => Context.Response.Cookies.Delete(SessionCookie, Cookie(null));

    private PageLanguage ReadLanguage()
    {
        if (PageLanguage.Find(Context.Request.Query["lang"]) is { } chosen)
        {
            Context.Response.Cookies.Append(LanguageCookie, chosen.Code, Cookie(TimeSpan.FromDays(365)));
            return chosen;
        }

        return PageLanguage.Find(Context.Request.Cookies[LanguageCookie]) ?? PageLanguage.Best(Context.Request.Headers.AcceptLanguage);
    }

    private CookieOptions Cookie(TimeSpan? age) => new()
    {
        Path = PagePaths.Home,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        MaxAge = age,

        // Whoever lies about the protocol only keeps the cookie from being sent in clear.
        Secure = Context.Request.IsHttps || Context.Request.Headers["X-Forwarded-Proto"] == "https",
    };
}
