using System.Net;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public class SignInTests
{
    [Theory, EachStore]
    public async Task Who_signs_in_comes_to_the_desk_and_is_out_again_at_a_press(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var account = await Colleague.HireAsync(site, Role.Editor, "Noor Haddad");
        using var noor = Colleague.AtTheDoor(site, account);

        Assert.Equal("/account/login?returnUrl=%2Fnewsroom", (await noor.GetAsync("/newsroom")).Headers.Location?.PathAndQuery);
        var answer = await noor.SignInAsync();
        Assert.Equal((HttpStatusCode.Redirect, "/newsroom"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("Noor", (await noor.ReadAsync("/newsroom")).QuerySelector("h1")!.TextContent);

        await noor.PostAsync("/account/logout", [], "Sign out");
        Assert.Equal(HttpStatusCode.Redirect, (await noor.GetAsync("/newsroom")).StatusCode);
    }

    [Theory, EachStore]
    public async Task A_disabled_account_is_out_with_its_next_request(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        await ines.ReadAsync("/newsroom");

        await site.EditAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == ines.Account.Id)).Disable(site.Now));

        Assert.Equal(HttpStatusCode.Redirect, (await ines.GetAsync("/newsroom")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ines.SignInAsync()).StatusCode);
    }
}
