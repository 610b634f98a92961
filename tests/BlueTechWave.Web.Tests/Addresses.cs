namespace BlueTechWave.Web.Tests;

/// <summary>Every address that a page answers, as the router knows it. A new page is a line here.</summary>
internal static class Addresses
{
    /// <summary>Beside the newsroom: one's own account.</summary>
    public static readonly string[] Own =
        ["/account", "/account/authenticator", "/account/email", "/account/passkeys", "/account/password", "/account/sessions"];

    public static readonly string[] Pages =
    [
        "/",
        "/page/{number:number}",
        "/{year:year}",
        "/{year:year}/page/{number:number}",
        "/{year:year}/{month:month}",
        "/{year:year}/{month:month}/page/{number:number}",
        "/{year:year}/{month:month}/{slug}",
        "/{year:year}/{month:month}/{slug}/comments",
        "/archives",
        "/author/{slug}",
        "/author/{slug}/page/{number:number}",
        "/category/{**path:minlength(1)}",
        "/account",
        "/account/authenticator",
        "/account/code",
        "/account/email",
        "/account/email/confirm",
        "/account/forgot",
        "/account/login",
        "/account/logout",
        "/account/passkeys",
        "/account/password",
        "/account/recovery",
        "/account/reset",
        "/account/sessions",
        "/error/{code:int:range(400,599)}",
        "/newsroom",
        "/newsroom/people",
        "/newsroom/people/invite",
        "/newsroom/people/{id:int}",
        "/newsroom/articles",
        "/newsroom/articles/{id:int}/history",
        "/newsroom/articles/{id:int}/history/{revision:int}",
        "/newsroom/articles/{id:int}/history/compare",
        "/newsroom/audit",
        "/newsroom/settings",
        "/newsroom/settings/templates",
        "/newsroom/settings/templates/{id:int}",
        "/newsroom/settings/templates/{id:int}/remove",
        "/newsroom/settings/templates/new",
        "/newsroom/articles/new",
        "/newsroom/articles/{id:int}",
        "/newsroom/articles/{id:int}/preview",
        "/search",
        "/tag/{slug}",
        "/tag/{slug}/page/{number:number}",
        "/{slug:standing}",
    ];
}
