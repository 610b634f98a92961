using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests;

/// <summary>One reader at one page, who notes whatever goes wrong behind it.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly string _origin;
    private readonly List<string> _complaints = [];

    private Reader(IBrowserContext context, IPage page, string origin) => (Context, Page, _origin) = (context, page, origin);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors on the console, broken rules of the content security policy, requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Reader> SitDownAsync(IBrowserContext context, string origin)
    {
        var reader = new Reader(context, await context.NewPageAsync(), origin);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))");
        context.Console += (_, message) => reader.Hear(message);
        context.WebError += (_, error) => reader._complaints.Add($"error: {error.Error}");
        context.Request += (_, request) => reader.See(request);
        return reader;
    }

    public async Task<IResponse?> GoAsync(string address) => await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>By the front door of the site she is at, as far as the newsroom.</summary>
    public async Task SignInAsync(string email, string password)
    {
        await GoAsync(Page.Url.StartsWith("http", StringComparison.Ordinal) ? new Uri(new Uri(Page.Url), "/account/login").AbsoluteUri : "/account/login");
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
        await Page.WaitForURLAsync("**/newsroom");
    }

    public Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public ILocator Focused => Page.Locator("*:focus");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>How far the page can be pushed sideways, in pixels.</summary>
    public Task<int> OverflowAsync() => AskAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    private void Hear(IConsoleMessage message)
    {
        if (message.Type != "error") return;
        // An error page is answered with its status, which the console reports as if a file were missing.
        if (message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(Page.Url, StringComparison.Ordinal)) return;

        _complaints.Add($"console: {message.Text} ({message.Location})");
    }

    private void See(IRequest request)
    {
        if (!request.Url.StartsWith(_origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            _complaints.Add($"elsewhere: {request.Url}");
    }
}
