using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>What one node has sealed, the others open.</summary>
public class SharedKeysTests
{
    [Fact]
    public async Task Whoever_signs_in_at_one_node_works_at_the_other_until_her_session_is_ended_or_her_account_disabled()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        using var noor = await Colleague.ArriveAsync(nodes.A, Role.Editor, "Noor Haddad");
        using var ines = await Colleague.ArriveAsync(nodes.B, Role.Reporter, "Inês Prado");
        var id = await nodes.A.WriteAsync(noor, "Robots learn to swim");

        // The form was made on one node and is sent to the other.
        var form = await noor.OpenAsync(id);
        using var published = await noor.Http.PostAsync(At(nodes.B, $"{Editing.AddressOf(id)}?handler=Publish"), new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        Assert.Equal(ArticleStatus.Published, await nodes.A.StatusAsync(id));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ines, nodes.A));

        await nodes.A.EditAsync(async db => (await db.Sessions.SingleAsync(s => s.AccountId == noor.Account.Id)).End(nodes.A.Now));
        await nodes.A.EditAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == ines.Account.Id)).Disable(nodes.A.Now));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(noor, nodes.B));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(ines, nodes.B));
    }

    [Fact]
    public async Task Two_nodes_that_begin_at_once_on_a_fresh_store_open_what_the_other_seals()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var first = await NewsSite.OpenAsync(Store.Postgres);
        await first.AskAsync(db => db.SiteKeys.ExecuteDeleteAsync());
        var opened = await Task.WhenAll(first.OpenAgainAsync(TimeSpan.Zero), first.OpenAgainAsync(TimeSpan.Zero));
        await using var a = opened[0];
        await using var b = opened[1];

        using var noor = await Colleague.ArriveAsync(a, Role.Editor, "Noor Haddad");
        using var ines = await Colleague.ArriveAsync(b, Role.Reporter, "Inês Prado");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(noor, b));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(ines, a));
    }

    [Theory, EachStore]
    public async Task Keys_that_lie_in_the_data_directory_are_taken_in(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var key = await site.AskAsync(db => db.SiteKeys.SingleAsync());
        await site.AskAsync(db => db.SiteKeys.ExecuteDeleteAsync());
        var folder = Directory.CreateTempSubdirectory("btw-site-").FullName;
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName, $"{key.Name}.xml"), key.Xml);
        await File.WriteAllTextAsync(Path.Combine(folder, "keys", "broken.xml"), "<key");

        await using var later = await NewsSite.OpenLeftAsync(store, site.Connection, folder);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(noor, later));
        Assert.Equal(key.Name, (await site.AskAsync(db => db.SiteKeys.SingleAsync())).Name);
    }

    private static Uri At(NewsSite node, string path) => new(node.Address, path);

    private static async Task<HttpStatusCode> StatusAsync(Colleague who, NewsSite node)
    {
        using var answer = await who.Http.GetAsync(At(node, "/newsroom"));
        return answer.StatusCode;
    }
}
