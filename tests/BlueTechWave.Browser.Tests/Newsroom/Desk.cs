using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>A colleague at the article editor, who does what its labels say.</summary>
internal static class Desk
{
    public const string New = "/newsroom/articles/new";

    public static ILocator Field(this Reader who, string label) => who.Page.GetByLabel(label, new() { Exact = true });

    /// <summary>A piece that lacks nothing, from an empty form to a saved draft.</summary>
    /// <returns>Its address in the newsroom.</returns>
    public static async Task<string> WriteAsync(this Reader who, string headline, string body)
    {
        await who.GoAsync(New);
        await who.Field("Headline").FillAsync(headline);
        await who.Field("Key points, 1").FillAsync("It happened on Wednesday.");
        await who.PutBodyAsync(body);
        await who.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await who.SendAsync("Save draft");
        return new Uri(who.Page.Url).AbsolutePath;
    }

    /// <summary>Another text in place of the one that is there.</summary>
    public static async Task PutBodyAsync(this Reader who, string body)
    {
        await who.SettledAsync();
        await who.Field("Body").FillAsync(body);
    }

    public static Task SettledAsync(this Reader who) => who.UntilAsync("document.getElementById('Body').editor?.isSettled === true");

    /// <summary>Presses a button of the bar and waits for the page that answers.</summary>
    public static Task SendAsync(this Reader who, string button) =>
        who.AnsweredAsync(() => who.Page.Locator(".bar").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync());

    /// <summary>Does something and waits for the page that answers, be it at the same address.</summary>
    public static async Task AnsweredAsync(this Reader who, Func<Task> act)
    {
        await who.AskAsync<bool>("window.isBefore = true");
        await act();
        await who.UntilAsync("!window.isBefore && document.readyState === 'complete'");
    }

    /// <summary>By the Tab key alone, as far as what is named.</summary>
    public static async Task TabToAsync(this Reader who, string selector)
    {
        for (var i = 0; i < 200; i++)
        {
            await who.PressAsync("Tab");
            if (await who.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"Tab never came to {selector}");
    }

    /// <summary>Waits for what the page's policy lets nobody but the test's own hand evaluate.</summary>
    public static async Task UntilAsync(this Reader who, string condition)
    {
        for (var i = 0; i < 400; i++)
        {
            try
            {
                if (await who.AskAsync<bool>(condition)) return;
            }
            catch (PlaywrightException e) when (e.Message.Contains("context was destroyed", StringComparison.Ordinal))
            {
                // A page is just giving way to the next.
            }

            await Task.Delay(50);
        }

        Assert.Fail($"It never came to {condition}");
    }
}
