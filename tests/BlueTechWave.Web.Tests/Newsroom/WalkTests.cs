using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Somebody who walks along every door behind the sign-in, in each role, and rattles at it.</summary>
public class WalkTests
{
    /// <summary>
    /// Every request there is, and the least role that is let in. {article} stands for one of hers, in the state at the end of
    /// the line, where one is needed; “own” says that what is named must be hers, or is not there.
    /// </summary>
    private const string Doors = """
        GET  /newsroom                                                  Reporter
        POST /newsroom?handler=Read                                     Reporter own
        POST /newsroom?handler=ReadAll                                  Reporter
        GET  /newsroom/articles                                         Reporter
        GET  /newsroom/articles/find                                    Reporter
        GET  /newsroom/tags/find                                        Reporter
        POST /newsroom/articles/compare                                 Reporter
        GET  /newsroom/articles/new                                     Reporter
        GET  /newsroom/articles/new?handler=Token                       Reporter
        POST /newsroom/articles/new?handler=Save                        Reporter
        POST /newsroom/articles/new?handler=Submit                      Reporter
        POST /newsroom/articles/new?handler=SendBack                    Editor
        POST /newsroom/articles/new?handler=Schedule                    Editor
        POST /newsroom/articles/new?handler=Publish                     Editor
        POST /newsroom/articles/new?handler=Update                      Editor
        POST /newsroom/articles/new?handler=Unpublish                   Editor
        POST /newsroom/articles/new?handler=Points                      Reporter
        POST /newsroom/articles/new?handler=Discard                     Reporter
        POST /newsroom/articles/new?handler=Autosave                    Reporter
        POST /newsroom/articles/new?handler=Resolve                     Reporter own
        POST /newsroom/articles/new?handler=Here                        Reporter own
        GET  /newsroom/articles/{article}                               Reporter
        GET  /newsroom/articles/{article}?handler=Token                 Reporter
        POST /newsroom/articles/{article}?handler=Save                  Reporter Draft
        POST /newsroom/articles/{article}?handler=Submit                Reporter Draft
        POST /newsroom/articles/{article}?handler=SendBack              Editor   InReview
        POST /newsroom/articles/{article}?handler=Schedule              Editor   InReview
        POST /newsroom/articles/{article}?handler=Publish               Editor   InReview
        POST /newsroom/articles/{article}?handler=Update                Editor   Published
        POST /newsroom/articles/{article}?handler=Save                  Editor   Published
        POST /newsroom/articles/{article}?handler=Autosave              Editor   Published
        POST /newsroom/articles/{article}?handler=Unpublish             Editor   Published
        POST /newsroom/articles/{article}?handler=Points                Reporter Draft
        POST /newsroom/articles/{article}?handler=Resolve               Reporter Draft
        POST /newsroom/articles/{article}?handler=Discard               Reporter Draft
        POST /newsroom/articles/{article}?handler=Autosave              Reporter Draft
        POST /newsroom/articles/{article}?handler=Here                  Reporter Draft
        POST /newsroom/articles/{article}/preview                       Reporter Draft
        GET  /newsroom/articles/{article}/history                       Reporter
        GET  /newsroom/articles/{article}/history/compare               Reporter own
        GET  /newsroom/articles/{article}/history/{revision}            Reporter
        POST /newsroom/articles/{article}/history/{revision}            Reporter Draft
        POST /newsroom/articles/{article}/history/{revision}            Editor   Published
        POST /newsroom/articles/new?handler=Trash                       Reporter own
        POST /newsroom/articles/{article}?handler=Trash                 Reporter Draft
        POST /newsroom/articles/{article}?handler=Trash                 Editor   Withdrawn
        POST /newsroom/articles/new?handler=BringBack                   Reporter own
        POST /newsroom/articles/{article}?handler=BringBack             Reporter Trashed
        POST /newsroom/articles/new?handler=Keep                        Editor own
        POST /newsroom/articles/{article}?handler=Keep                  Editor   Published
        GET  /newsroom/articles/several                                 Reporter
        POST /newsroom/articles/several                                 Reporter
        POST /newsroom/articles?handler=Keep                            Reporter
        POST /newsroom/articles?handler=Drop                            Reporter own
        GET  /newsroom/articles/{article}/receipt                       Reporter
        GET  /newsroom/articles/{article}/previews                      Reporter
        POST /newsroom/articles/{article}/previews                      Reporter Draft
        POST /newsroom/articles/{article}/previews                      Editor   Published
        POST /newsroom/articles/{article}/previews?handler=End          Reporter own
        GET  /newsroom/comments                                         Editor
        POST /newsroom/comments                                         Editor
        GET  /newsroom/comments/{comment}                               Editor
        POST /newsroom/comments/{comment}                               Editor
        GET  /newsroom/comments/articles/{article}                      Editor
        POST /newsroom/comments/articles/{article}                      Editor
        GET  /newsroom/comments/bans                                    Editor
        POST /newsroom/comments/bans                                    Editor
        POST /newsroom/comments/bans?handler=End                        Editor own
        GET  /newsroom/comments/rehearsal                               Editor
        GET  /newsroom/comments/rules                                   Editor
        POST /newsroom/comments/rules                                   Editor
        GET  /newsroom/comments/rules/{rule}                            Editor
        POST /newsroom/comments/rules/{rule}                            Editor
        GET  /newsroom/comments/settings                                Editor
        POST /newsroom/comments/settings                                Editor
        GET  /newsroom/pictures                                         Reporter
        POST /newsroom/pictures                                         Reporter
        GET  /newsroom/pictures/{picture}                               Reporter
        POST /newsroom/pictures/{picture}                               Editor
        POST /newsroom/pictures/{picture}?handler=Focus                 Editor
        POST /newsroom/pictures/{picture}?handler=Replace               Editor
        POST /newsroom/pictures/{picture}?handler=Trash                 Editor
        POST /newsroom/pictures/{picture}?handler=BringBack             Editor
        POST /newsroom/pictures/{picture}?handler=Use                   Reporter own
        GET  /newsroom/pictures/{picture}/thumb                         Reporter own
        GET  /newsroom/pictures/{picture}/view                          Reporter own
        GET  /newsroom/pictures/{picture}/original                      Reporter own
        GET  /newsroom/pictures/find                                    Reporter
        POST /newsroom/pictures/upload                                  Reporter
        GET  /newsroom/figures                                          Editor
        GET  /newsroom/home                                             Editor
        GET  /newsroom/home/future                                      Editor
        GET  /newsroom/home/future?handler=Show                         Editor
        POST /newsroom/home?handler=Pin                                 Editor
        POST /newsroom/home?handler=Move                                Editor own
        POST /newsroom/home?handler=Times                               Editor own
        POST /newsroom/home?handler=Remove                              Editor own
        GET  /newsroom/categories                                       Editor
        POST /newsroom/categories?handler=Move                          Editor own
        GET  /newsroom/categories/new                                   Editor
        POST /newsroom/categories/new                                   Editor
        POST /newsroom/categories/new?handler=Merge                     Editor own
        POST /newsroom/categories/new?handler=Remove                    Editor own
        GET  /newsroom/categories/{category}                            Editor
        POST /newsroom/categories/{category}                            Editor
        POST /newsroom/categories/{category}?handler=Merge              Editor
        POST /newsroom/categories/{category}?handler=Remove             Editor
        GET  /newsroom/tags                                             Editor
        GET  /newsroom/tags/{tag}                                       Editor
        POST /newsroom/tags/{tag}?handler=Rename                        Editor
        POST /newsroom/tags/{tag}?handler=Merge                         Editor
        POST /newsroom/tags/{tag}?handler=Remove                        Editor
        GET  /newsroom/authors                                          Editor
        GET  /newsroom/authors/new                                      Editor
        POST /newsroom/authors/new                                      Editor
        POST /newsroom/authors/new?handler=Remove                       Editor own
        GET  /newsroom/authors/{author}                                 Editor
        POST /newsroom/authors/{author}                                 Editor
        POST /newsroom/authors/{author}?handler=Remove                  Editor
        GET  /newsroom/pages                                            Editor
        GET  /newsroom/pages/new                                        Editor
        POST /newsroom/pages/new                                        Editor
        POST /newsroom/pages/new?handler=Preview                        Editor
        POST /newsroom/pages/new?handler=Remove                         Editor own
        GET  /newsroom/pages/{page}                                     Editor
        POST /newsroom/pages/{page}                                     Editor
        POST /newsroom/pages/{page}?handler=Preview                     Editor
        POST /newsroom/pages/{page}?handler=Remove                      Editor
        GET  /newsroom/menus                                            Editor
        POST /newsroom/menus?handler=Move                               Editor own
        POST /newsroom/menus?handler=Drop                               Editor own
        GET  /newsroom/menus/new                                        Editor
        POST /newsroom/menus/new                                        Editor
        POST /newsroom/menus/new?handler=Remove                         Editor own
        GET  /newsroom/menus/{entry}                                    Editor
        POST /newsroom/menus/{entry}                                    Editor
        POST /newsroom/menus/{entry}?handler=Remove                     Editor
        GET  /newsroom/settings/backups                                 Owner
        GET  /newsroom/settings/backups?handler=File                    Owner own
        GET  /newsroom/settings/status                                  Owner
        POST /newsroom/settings/backups                                 Owner
        GET  /newsroom/settings/site                                    Owner
        POST /newsroom/settings/site                                    Owner
        GET  /newsroom/settings/import                                  Owner
        POST /newsroom/settings/import?handler=Try                      Owner
        POST /newsroom/settings/import?handler=Import                   Owner
        POST /newsroom/settings/import?handler=Check                    Owner
        POST /newsroom/settings/import?handler=Stop                     Owner
        POST /newsroom/settings/import?handler=Forget                   Owner
        POST /newsroom/settings/import/file                             Owner
        POST /newsroom/settings/import/pictures                         Owner
        GET  /newsroom/settings/import/progress                         Owner
        GET  /newsroom/settings/import/report                           Owner own
        GET  /newsroom/settings/import/check                            Owner own
        GET  /newsroom/redirects                                        Editor
        GET  /newsroom/redirects/missed                                 Editor
        POST /newsroom/redirects/missed?handler=Ignore                  Editor own
        POST /newsroom/redirects/missed?handler=Heed                    Editor own
        GET  /newsroom/redirects/new                                    Editor
        POST /newsroom/redirects/new                                    Editor
        POST /newsroom/redirects/new?handler=Remove                     Editor own
        GET  /newsroom/redirects/{redirect}                             Editor
        POST /newsroom/redirects/{redirect}                             Editor
        POST /newsroom/redirects/{redirect}?handler=Remove              Editor
        GET  /newsroom/people                                           Owner
        GET  /newsroom/people/invite                                    Owner
        POST /newsroom/people/invite                                    Owner
        GET  /newsroom/people/{person}                                  Owner
        POST /newsroom/people/{person}?handler=Role                     Owner
        POST /newsroom/people/{person}?handler=Disable                  Owner
        POST /newsroom/people/{person}?handler=Enable                   Owner
        POST /newsroom/people/{person}?handler=EndSessions              Owner
        POST /newsroom/people/{person}?handler=Link                     Owner
        POST /newsroom/people/{person}?handler=Factor                   Owner
        GET  /newsroom/settings                                         Editor
        GET  /newsroom/settings/keys                                    Owner
        POST /newsroom/settings/keys                                    Owner
        GET  /newsroom/settings/keys/{key}/revoke                       Owner
        POST /newsroom/settings/keys/{key}/revoke                       Owner
        GET  /newsroom/settings/templates                               Editor
        GET  /newsroom/settings/templates/new                           Editor
        POST /newsroom/settings/templates/new                           Editor
        POST /newsroom/settings/templates/new?handler=Preview           Editor
        GET  /newsroom/settings/templates/{template}                    Editor
        POST /newsroom/settings/templates/{template}                    Editor
        POST /newsroom/settings/templates/{template}?handler=Preview    Editor
        GET  /newsroom/settings/templates/{template}/remove             Editor
        POST /newsroom/settings/templates/{template}/remove             Editor
        GET  /newsroom/settings/webhooks                                Owner
        GET  /newsroom/settings/webhooks/new                            Owner
        POST /newsroom/settings/webhooks/new                            Owner
        POST /newsroom/settings/webhooks/new?handler=Pause              Owner own
        POST /newsroom/settings/webhooks/new?handler=Resume             Owner own
        POST /newsroom/settings/webhooks/new?handler=Renew              Owner own
        POST /newsroom/settings/webhooks/new?handler=Test               Owner own
        POST /newsroom/settings/webhooks/new?handler=Remove             Owner own
        GET  /newsroom/settings/webhooks/{webhook}                      Owner
        POST /newsroom/settings/webhooks/{webhook}                      Owner
        POST /newsroom/settings/webhooks/{webhook}?handler=Pause        Owner
        POST /newsroom/settings/webhooks/{webhook}?handler=Resume       Owner
        POST /newsroom/settings/webhooks/{webhook}?handler=Renew        Owner
        POST /newsroom/settings/webhooks/{webhook}?handler=Test         Owner
        POST /newsroom/settings/webhooks/{webhook}?handler=Remove       Owner
        GET  /newsroom/settings/webhooks/{webhook}/deliveries           Owner
        POST /newsroom/settings/webhooks/{webhook}/deliveries?handler=Replay Owner own
        POST /newsroom/settings/webhooks/{webhook}/deliveries?handler=ReplayFailed Owner
        GET  /newsroom/audit                                            Editor
        GET  /account                                                   Reporter
        POST /account                                                   Reporter
        GET  /account/email                                             Reporter
        POST /account/email                                             Reporter
        GET  /account/password                                          Reporter
        POST /account/password                                          Reporter
        GET  /account/passkeys                                          Reporter
        POST /account/passkeys?handler=Options                          Reporter
        POST /account/passkeys?handler=Add                              Reporter
        POST /account/passkeys?handler=Name                             Reporter own
        POST /account/passkeys?handler=Remove                           Reporter own
        GET  /account/authenticator                                     Reporter
        POST /account/authenticator?handler=Begin                       Reporter
        POST /account/authenticator?handler=On                          Reporter
        POST /account/authenticator?handler=Codes                       Reporter
        POST /account/authenticator?handler=Off                         Reporter
        GET  /account/sessions                                          Reporter
        POST /account/sessions?handler=End                              Reporter own
        POST /account/sessions?handler=EndOthers                        Reporter
        """;

    /// <summary>What stands for a name in an address: a fresh one each time.</summary>
    private static readonly Dictionary<string, Func<string, object>> Things = new()
    {
        ["{template}"] = name => new Core.Writing.ArticleTemplate($"Short {name}", "## What happened"),
        ["{webhook}"] = name => new Core.Webhooks.Webhook(name, "https://elsewhere.example/hook", Core.Webhooks.WebhookEvent.ArticlePublished, "", NewsSite.Opening),
        ["{rule}"] = unique => CommentRule.Make(RuleKind.Words, $"word {unique}", RuleOutcome.Hold, Core.Audit.Actor.System, NewsSite.Opening, out _)!,
        ["{tag}"] = name => new Core.Tags.Tag(name),
        ["{category}"] = name => new Core.Categories.Category(name),
        ["{author}"] = name => new Core.Authors.Author(name, "BTW reporter"),
        ["{picture}"] = name => new Core.Pictures.Picture(name, new(Core.Pictures.PictureKind.Jpeg, 30, 20, 1, name, default, "", "", []), null, NewsSite.Opening),
        ["{page}"] = name => new Core.Pages.StandingPage(name, name),
        ["{entry}"] = name => new Core.Menus.MenuItem(Core.Menus.MenuPlace.Header, name, 0),
        ["{key}"] = name => new Core.Api.ApiKey(Core.Api.ApiKey.Make(), name, "Hanna Virtanen", NewsSite.Opening),
        ["{redirect}"] = name => new Core.Redirects.Redirect($"/{name}", "/about"),
    };

    private static List<Door> All { get; } = [.. Doors.Split('\n').Select(Door.Of)];

    [Fact]
    public async Task No_door_behind_the_sign_in_is_missing_from_the_walk()
    {
        await using var site = await NewsSite.OpenAsync();
        var inTheHouse = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => Is(e, "newsroom") || e.Metadata.GetMetadata<PageActionDescriptor>()?.RelativePath.StartsWith("/Pages/Profile/", StringComparison.Ordinal) == true)
            .SelectMany(Requests).ToHashSet();

        var walked = All.Select(d => d.Pattern).ToHashSet();
        Assert.Equal(("", ""), (string.Join("\n", inTheHouse.Except(walked)), string.Join("\n", walked.Except(inTheHouse))));
    }

    [Theory, EachStore]
    public async Task Every_door_opens_to_those_the_table_names_and_to_nobody_else(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var reporter = await Colleague.ArriveAsync(site, Role.Reporter, "Imani Wekesa");
        using var editor = await Colleague.ArriveAsync(site, Role.Editor, "Daniel Falk");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        using var nobody = Colleague.AtTheDoor(site, reporter.Account);
        var wrong = new List<string>();
        foreach (var door in All)
            foreach (var who in new[] { nobody, reporter, editor, owner })
            {
                Role? role = who == nobody ? null : who.Account.Role;
                var path = await PathAsync(site, door, reporter);
                var before = await RecordsAsync(site);
                using var answer = await RattleAsync(who, door.Method, path, isIn: role is not null);
                await OverAsync(site);
                var isOpen = role >= door.Least;
                if (isOpen ? !IsLetIn(answer, door) : !IsRefused(answer)) wrong.Add($"{role?.ToString() ?? "Nobody"}: {door} answers {(int)answer.StatusCode}");
                if (!isOpen && await RecordsAsync(site) != before) wrong.Add($"{role?.ToString() ?? "Nobody"}: {door} was refused and left something behind");
            }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>Two of each thing, or twelve: each page of the newsroom asks its store the same number of questions.</summary>
    [Fact]
    public async Task No_page_asks_the_more_the_longer_its_list_is()
    {
        await using var site = await NewsSite.OpenAsync();
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var pages = All.Where(d => d is { Method: "GET", IsOwn: false } && !d.Path.Contains('{', StringComparison.Ordinal) && !d.Path.Contains('?', StringComparison.Ordinal)).Select(d => d.Path).ToList();
        await FillAsync(2);
        var before = await AskedAsync();
        await FillAsync(10);
        var after = await AskedAsync();

        Assert.True(pages.Count > 30);
        Assert.Equal("", string.Join("\n", pages.Where(p => before[p] != after[p]).Select(p => $"{p}: {before[p]}, then {after[p]}")));

        async Task FillAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                foreach (var make in Things.Values)
                {
                    await site.EditAsync(db =>
                    {
                        db.Add(make($"{Guid.NewGuid():n}"));
                        return Task.CompletedTask;
                    });
                }

                var article = await site.PublishAsync($"Routers learn to count {Guid.NewGuid():n}");
                foreach (var state in new[] { CommentState.Pending, CommentState.Approved, CommentState.Spam }) await site.CommentAsync(article, state, $"I was there {Guid.NewGuid():n}.");
                await site.WriteAsync(owner, $"Routers learn to wait {Guid.NewGuid():n}", a => a.Submit(site.Now));
                await site.EditAsync(db => Core.Redirects.MissedAddress.AddAsync(db, new Dictionary<string, int> { [$"/lost/{Guid.NewGuid():n}"] = 3 }, site.Now));
            }
        }

        // Jobs ask now and then, too.
        async Task<Dictionary<string, int>> AskedAsync()
        {
            var asked = new Dictionary<string, int>();
            foreach (var page in pages)
            {
                var counts = new List<int>();
                for (var i = 0; i < 2; i++)
                {
                    counts.Add((await site.Queries.OfAsync(async () =>
                    {
                        using var answer = await owner.GetAsync(page);
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    })).Count);
                }

                asked[page] = counts.Min();
            }

            return asked;
        }
    }

    /// <summary>Another's piece is not there for a reporter, whatever she would do with it.</summary>
    [Theory, EachStore]
    public async Task Anothers_article_is_not_there_for_a_reporter(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Ines Duarte");
        using var tomas = await Colleague.ArriveAsync(site, Role.Reporter, "Tomas Lind");
        var wrong = new List<string>();
        foreach (var door in All.Where(d => d.Path.Contains("{article}", StringComparison.Ordinal)))
        {
            var path = await PathAsync(site, door, ines);
            var before = await RecordsAsync(site);
            using var answer = await RattleAsync(tomas, door.Method, path, isIn: true);
            // A token is for any form of hers.
            if (path.EndsWith("handler=Token", StringComparison.Ordinal)) continue;
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden)) wrong.Add($"{door} answers {(int)answer.StatusCode}");
            if (await RecordsAsync(site) != before) wrong.Add($"{door} left something behind");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static async Task<string> PathAsync(NewsSite site, Door door, Colleague writer)
    {
        var path = door.Path;
        if (path.Contains("{article}", StringComparison.Ordinal))
        {
            var article = await site.WriteAsync(writer, $"Routers learn to swim {Guid.NewGuid():n}", a =>
            {
                if (door.State is ArticleStatus.InReview) a.Submit(site.Now);
                if (door.State is ArticleStatus.Trashed) a.Discard(site.Now);
                if (door.State is ArticleStatus.Published or ArticleStatus.Withdrawn) a.Publish(site.Now, TimeZoneInfo.Utc);
                if (door.State is ArticleStatus.Withdrawn) a.Withdraw("It was about whales.", site.Now);
            });
            var revision = await site.AskAsync(db => db.Articles.Where(a => a.Id == article).SelectMany(a => a.Revisions).Select(r => r.Id).FirstAsync());
            path = path.Replace("{article}", article.Id(), StringComparison.Ordinal).Replace("{revision}", revision.Id(), StringComparison.Ordinal);
        }

        if (path.Contains("{comment}", StringComparison.Ordinal))
            path = path.Replace("{comment}", (await site.CommentAsync(await site.PublishAsync($"Routers learn to talk {Guid.NewGuid():n}"), CommentState.Pending)).Id.Id(), StringComparison.Ordinal);
        if (path.Contains("{person}", StringComparison.Ordinal))
            path = path.Replace("{person}", (await Colleague.HireAsync(site, Role.Reporter, $"Passer By {Guid.NewGuid():n}")).Id.Id(), StringComparison.Ordinal);
        foreach (var (name, make) in Things)
        {
            if (!path.Contains(name, StringComparison.Ordinal)) continue;
            var thing = make($"{Guid.NewGuid():n}");
            await site.EditAsync(db =>
            {
                db.Add(thing);
                return Task.CompletedTask;
            });
            path = path.Replace(name, ((int)((dynamic)thing).Id).Id(), StringComparison.Ordinal);
        }

        return path;
    }

    private static async Task<HttpResponseMessage> RattleAsync(Colleague who, string method, string path, bool isIn)
    {
        if (method == "GET") return await who.GetAsync(path);

        var form = await who.ReadAsync(isIn ? "/account/password" : "/account/login");
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("RequestVerificationToken", token);
        request.Content = path.EndsWith("/compare", StringComparison.Ordinal)
            ? new StringContent("""{"a":"one","b":"two"}""", null, "application/json")
            : new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Headline", $"Routers learn to fly {Guid.NewGuid():n}")]);
        return await who.Http.SendAsync(request);
    }

    /// <summary>What a form lacks, or comes too late for, is said to those who are in.</summary>
    private static bool IsLetIn(HttpResponseMessage answer, Door door) => answer.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.Conflict => true,
        HttpStatusCode.Found or HttpStatusCode.SeeOther => !IsToTheDoor(answer),
        HttpStatusCode.NotFound => door.IsOwn,
        _ => false,
    };

    /// <summary>A shut door says that it is shut, that it is none, or that the piece has gone on without her.</summary>
    private static bool IsRefused(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict => true,
        _ => IsToTheDoor(answer),
    };

    private static bool IsToTheDoor(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString.Contains("/account/login", StringComparison.Ordinal) == true;

    /// <summary>A backup that was asked for goes on behind the answer, and says in the records when it is made.</summary>
    private static Task OverAsync(NewsSite site) => site.Services.GetRequiredService<Jobs.BackupKeeping>().Ended.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    private static Task<int> RecordsAsync(NewsSite site) => site.AskAsync(db => db.Audit.CountAsync());

    private static bool Is(RouteEndpoint endpoint, string first) =>
        endpoint.RoutePattern.PathSegments is [var segment, ..] && segment.Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart part] && part.Content == first;

    private static IEnumerable<string> Requests(RouteEndpoint endpoint)
    {
        var path = '/' + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "{}",
        }))));
        if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
            return page.HandlerMethods.Select(h => $"{h.HttpMethod.ToUpperInvariant()} {path}{(h.Name is null ? "" : $"?handler={h.Name}")}");
        return endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {path}");
    }

    /// <param name="Path">With a name in braces where an identity belongs.</param>
    private sealed record Door(string Method, string Path, Role Least, bool IsOwn, ArticleStatus? State)
    {
        public static Door Of(string line)
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new(parts[0], parts[1], Enum.Parse<Role>(parts[2]), parts[^1] == "own", parts.Length > 3 && Enum.TryParse<ArticleStatus>(parts[3], out var state) ? state : null);
        }

        /// <summary>As the house's own table of addresses has it.</summary>
        public string Pattern { get; } = $"{Method} {System.Text.RegularExpressions.Regex.Replace(Path, @"\{\w+\}", "{}")}";

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Method} {Path} {State}");
    }
}
