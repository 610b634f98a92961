using BlueTechWave.Core.Accounts;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>What holds for every page of the newsroom: axe in both themes, the policy, the screen's edge.</summary>
public class EveryNewsroomPageTests(Newsstand newsstand)
{
    [Theory]
    [InlineData("/newsroom")]
    [InlineData("/newsroom/articles")]
    [InlineData("/newsroom/articles?status=published&order=views&page=2")]
    [InlineData("/newsroom/articles?q=zzqq")]
    [InlineData("/newsroom/articles?status=trash")]
    [InlineData("/newsroom/articles/several?act=Unpublish&pick=1.1&pick=2.1")]
    [InlineData("/newsroom/articles/new")]
    [InlineData("/newsroom/articles/PUBLISHED")]
    [InlineData("/newsroom/articles/PUBLISHED/history")]
    [InlineData("/newsroom/articles/PUBLISHED/history/compare")]
    [InlineData("/newsroom/articles/PUBLISHED/history/FIRST")]
    [InlineData("/newsroom/articles/999999")]
    [InlineData("/newsroom/articles/PUBLISHED/previews")]
    [InlineData("/newsroom/articles/PUBLISHED/receipt")]
    [InlineData("/newsroom/comments")]
    [InlineData("/newsroom/comments?queue=approved&order=score")]
    [InlineData("/newsroom/comments?queue=spam&q=zzqq&score=x")]
    [InlineData("/newsroom/comments/1")]
    [InlineData("/newsroom/comments/articles/1")]
    [InlineData("/newsroom/comments/bans?comment=1")]
    [InlineData("/newsroom/comments/rehearsal?score=1")]
    [InlineData("/newsroom/comments/rules")]
    [InlineData("/newsroom/comments/settings")]
    [InlineData("/newsroom/figures")]
    [InlineData("/newsroom/home")]
    [InlineData("/newsroom/home?q=zzqq")]
    [InlineData("/newsroom/home/future")]
    [InlineData("/newsroom/home/future?date=never&place=nowhere")]
    [InlineData("/newsroom/categories")]
    [InlineData("/newsroom/categories/new")]
    [InlineData("/newsroom/categories/1")]
    [InlineData("/newsroom/tags")]
    [InlineData("/newsroom/tags?q=zzqq")]
    [InlineData("/newsroom/tags/1")]
    [InlineData("/newsroom/authors")]
    [InlineData("/newsroom/authors/new")]
    [InlineData("/newsroom/authors/1")]
    [InlineData("/newsroom/pictures")]
    [InlineData("/newsroom/pictures?show=trash")]
    [InlineData("/newsroom/pictures?q=zzqq")]
    [InlineData("/newsroom/pictures/1")]
    [InlineData("/newsroom/pages")]
    [InlineData("/newsroom/pages/1")]
    [InlineData("/newsroom/menus")]
    [InlineData("/newsroom/menus/1")]
    [InlineData("/newsroom/settings/site")]
    [InlineData("/newsroom/settings/import")]
    [InlineData("/newsroom/settings/backups")]
    [InlineData("/newsroom/settings/status")]
    [InlineData("/newsroom/redirects")]
    [InlineData("/newsroom/redirects/new")]
    [InlineData("/newsroom/redirects/missed")]
    [InlineData("/newsroom/settings")]
    [InlineData("/newsroom/settings/keys")]
    [InlineData("/newsroom/settings/templates")]
    [InlineData("/newsroom/settings/templates/new")]
    [InlineData("/newsroom/settings/webhooks")]
    [InlineData("/newsroom/settings/webhooks/new")]
    [InlineData("/newsroom/audit")]
    [InlineData("/newsroom/audit?person=nobody&from=never")]
    public async Task Every_page_of_the_newsroom_is_accessible_quiet_and_fits(string address)
    {
        await using var owner = await newsstand.ColleagueAsync(Role.Owner, $"Odd {Guid.NewGuid():n}");
        if (address.Contains("PUBLISHED", StringComparison.Ordinal))
        {
            var (id, revision) = await newsstand.ArticleAsync("microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure");
            address = address.Replace("PUBLISHED", id, StringComparison.Ordinal).Replace("FIRST", revision, StringComparison.Ordinal);
        }

        await owner.GoAsync(address);
        await EveryPageTests.FindNothingWrongAsync(owner, address);
    }

    [Fact]
    public async Task The_editor_is_accessible_quiet_and_fits_in_every_state_of_an_article()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Ada Access");
        await editor.GoAsync(Desk.New);
        await editor.SendAsync("Publish");
        await EveryPageTests.FindNothingWrongAsync(editor, "an article that lacks everything");

        await editor.WriteAsync("A lighthouse learns to text", "It texts every ship within forty miles.\n");
        await EveryPageTests.FindNothingWrongAsync(editor, "a draft");
        await editor.SendAsync("Submit for review");
        await EveryPageTests.FindNothingWrongAsync(editor, "an article in review");
        await editor.SendAsync("Schedule");
        await EveryPageTests.FindNothingWrongAsync(editor, "a schedule without a time");
        await editor.Field("Date").FillAsync("2031-03-04");
        await editor.Page.Locator("#time").FillAsync("09:30");
        await editor.SendAsync("Schedule");
        await EveryPageTests.FindNothingWrongAsync(editor, "a scheduled article");
        await editor.SendAsync("Publish");
        await EveryPageTests.FindNothingWrongAsync(editor, "a published article");
        await editor.Field("Reason").FillAsync("The lighthouse has asked us to.");
        await editor.SendAsync("Unpublish");
        await EveryPageTests.FindNothingWrongAsync(editor, "an unpublished article");
    }
}
