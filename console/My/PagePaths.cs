namespace Footprint.Grid.Pages.My;

/// <summary>Where the pages and their forms are; whoever serves them serves these paths.</summary>
public static class PagePaths
{
    public const string Home = "/my";
    public const string Enter = "/my/enter";
    public const string Style = "/my/my.css";
    public const string Download = "/my/footprint.json";
    public const string Consents = "/my/consents";
    public const string Interest = "/my/interest";
    public const string Trait = "/my/trait";
    public const string Unlink = "/my/unlink";
    public const string Withdraw = "/my/withdraw";
    public const string Erase = "/my/erase";
    public const string Leave = "/my/leave";
}
