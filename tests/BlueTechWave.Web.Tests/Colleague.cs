using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Authors;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Web.Tests;

/// <summary>One of ours at her browser: keeps cookies, follows no redirects, fills in forms as they were sent to her.</summary>
public sealed class Colleague : IDisposable
{
    public const string Password = "correct horse battery staple";

    private Colleague(NewsSite site, Account account) : this(site.Address, account, site.Before)
    {
    }

    private Colleague(Uri address, Account account, Func<HttpMessageHandler, HttpMessageHandler> before) =>
        (Account, Http) = (account, new(new CookieJar(before(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }))) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) });

    public Account Account { get; }

    public HttpClient Http { get; }

    public Who Who => new(Account.Id, Account.Name, Account.Role, Account.AuthorId);

    /// <summary>Makes the account and its author, and signs her in by the front door.</summary>
    public static async Task<Colleague> ArriveAsync(NewsSite site, Role role, string name)
    {
        var account = await HireAsync(site, role, name);
        var colleague = new Colleague(site, account);
        await colleague.SignInAsync();
        return colleague;
    }

    public static async Task<Account> HireAsync(NewsSite site, Role role, string name)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var email = $"{Core.Slug.From(name)}@paper.example";
        var account = new Account(email, name, role, new Author(name, "BTW reporter"), site.Now);
        var made = await accounts.CreateAsync(account, Password);
        Assert.True(made.Succeeded, string.Join(" ", made.Errors.Select(e => e.Description)));
        return account;
    }

    /// <summary>Another browser of hers.</summary>
    public static async Task<Colleague> AgainAsync(NewsSite site, Account account, string password = Password)
    {
        var colleague = new Colleague(site, account);
        await colleague.SignInAsync(password);
        return colleague;
    }

    /// <summary>Nobody's browser yet: the account is there, the door is shut.</summary>
    public static Colleague AtTheDoor(NewsSite site, Account account) => new(site, account);

    /// <summary>The same colleague with a fresh browser, at another node of the paper.</summary>
    public Colleague At(Uri address) => new(address, Account, line => line);

    public async Task<HttpResponseMessage> SignInAsync(string password = Password)
    {
        var answer = await PostAsync("/account/login", new() { ["email"] = Account.Email!, ["password"] = password });
        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    public async Task<IHtmlDocument> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Opens the page, fills in the form that the button belongs to, and presses it. Fields not named keep what the page gave them.</summary>
    /// <param name="button">Its words; null for the page's first form outside the side menu.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string? button = null, string? on = null)
    {
        var page = await ReadAsync(on ?? path);
        var main = page.QuerySelector("main")!;
        var pressed = button is null ? null : main.QuerySelectorAll("button").OfType<IHtmlButtonElement>().First(b => b.TextContent.Trim() == button);
        var form = pressed?.Form ?? main.QuerySelectorAll("form").OfType<IHtmlFormElement>().First(f => f.Method == "post");
        var typed = Filled(form).Where(f => !fields.ContainsKey(f.Key)).Concat(fields).ToList();
        if (pressed is { Name.Length: > 0 }) typed.Add(new(pressed.Name, pressed.Value));
        var action = pressed?.GetAttribute("formaction") ?? form.GetAttribute("action") ?? path;
        return await Http.PostAsync(action.Length == 0 ? path : action, new FormUrlEncodedContent(typed));
    }

    public void Dispose() => Http.Dispose();

    /// <summary>What a browser would send of the form as it stands.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Filled(IHtmlFormElement form)
    {
        foreach (var field in form.Elements)
        {
            if (field.GetAttribute("name") is not { Length: > 0 } name || field.HasAttribute("disabled")) continue;
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }: break;
                case IHtmlInputElement { Type: "file" or "submit" or "button" }: break;
                case IHtmlInputElement input: yield return new(name, input.Value); break;
                case IHtmlTextAreaElement text: yield return new(name, text.Value); break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(o => o.IsSelected)) yield return new(name, option.Value);
                    break;
            }
        }
    }

    /// <summary>Keeps what it is given until it is taken back: the paper's clock is not the machine's, so expiry is not looked at.</summary>
    private sealed class CookieJar(HttpMessageHandler line) : DelegatingHandler(line)
    {
        private readonly ConcurrentDictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_cookies.IsEmpty) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0) _cookies.TryRemove(pair[0], out _);
                else _cookies[pair[0]] = pair[1];
            }

            return answer;
        }
    }
}
