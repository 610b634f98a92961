using System.Net;
using BlueTechWave.Core.Accounts;

namespace BlueTechWave.Web.Tests.Accounts;

public class ThrottleTests
{
    private const int Free = 5;

    [Theory, EachStore]
    public async Task Guessing_has_to_wait_longer_each_time_and_never_longer_than_a_quarter_of_an_hour(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var guesser = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        await GuessAsync(guesser, Free);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            var answer = await guesser.SignInAsync("a password she never had");
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            var page = Reading.Parse(await answer.Content.ReadAsStringAsync());
            Assert.StartsWith("Too many attempts. Wait ", page.QuerySelector(".error")!.TextContent);
            Assert.Equal(guesser.Account.Email, page.QuerySelector("#email")!.GetAttribute("value"));
            waits.Add(answer.Headers.RetryAfter!.Delta!.Value);
            site.Clock.Advance(waits[^1]);
            Assert.Equal(HttpStatusCode.BadRequest, (await guesser.SignInAsync("a password she never had")).StatusCode);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 15, 15, 15], waits.Select(w => w.TotalMinutes));
        // The wait ends by itself.
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("/newsroom", (await guesser.SignInAsync()).Headers.Location?.OriginalString);
    }

    [Theory, EachStore]
    public async Task A_browser_that_knows_the_account_gets_in_while_somebody_else_guesses(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync("/account/logout", [], "Sign out");
        using var guesser = Colleague.AtTheDoor(site, noor.Account);
        await GuessAsync(guesser, Free);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignInAsync()).StatusCode);

        Assert.Equal("/newsroom", (await noor.SignInAsync()).Headers.Location?.OriginalString);

        // It may not guess without end either.
        await noor.PostAsync("/account/logout", [], "Sign out");
        await GuessAsync(noor, Free);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await noor.SignInAsync()).StatusCode);
    }

    [Theory, EachStore]
    public async Task One_network_that_tries_many_names_is_slowed_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        for (var i = 0; i < 30; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await noor.PostAsync("/account/login", new() { ["email"] = $"name{i}@paper.example", ["password"] = "x" })).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await noor.SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_counted_all_the_same()
    {
        await using var site = await NewsSite.OpenAsync();
        using var guesser = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        var form = Colleague.Filled(Reading.Form(await guesser.ReadAsync("/account/login"))).Where(f => f.Key is not ("email" or "password"))
            .Append(new("email", guesser.Account.Email!)).Append(new("password", "a password she never had")).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => guesser.Http.PostAsync("/account/login", new FormUrlEncodedContent(form))));

        Assert.Equal(Free, answers.Count(a => a.StatusCode == HttpStatusCode.BadRequest));
    }

    [Theory, EachStore]
    public async Task Codes_are_not_guessed_either(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await SecondFactorTests.SetUpAsync(noor);
        using var thief = Colleague.AtTheDoor(site, noor.Account);
        await thief.SignInAsync();
        for (var i = 0; i < Free; i++) Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/account/code", new() { ["code"] = "111111" })).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await thief.PostAsync("/account/code", new() { ["code"] = "111111" })).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await thief.PostAsync("/account/recovery", new() { ["code"] = "AAAAA-BBBBB" })).StatusCode);
    }

    private static async Task GuessAsync(Colleague guesser, int times)
    {
        for (var i = 0; i < times; i++) Assert.Equal(HttpStatusCode.BadRequest, (await guesser.SignInAsync("a password she never had")).StatusCode);
    }
}
