using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

/// <summary>How the house is built, where a rule can be run.</summary>
public partial class HouseTests
{
    /// <summary>Stored, but nothing a reader could notice when it changes: derived rows, letters to the desk, what only a 404 looks up.</summary>
    private static readonly HashSet<string> Unseen =
        ["ArticleViews", "ListingEntry", "ListingCount", "Revision", "ContactMessage", "Redirect", "MissedAddress", "PreviewLink", "PreviewOpening", "EmptySearch", "Account", "Session", "IdentityUserPasskey`1", "IdentityPasskeyData",
        "IdentityUserToken`1", "IdentityUserClaim`1", "AuditEntry", "OutgoingMail", "WorkingCopy", "Presence", "ArticleTemplate", "Notification", "PictureUse", "PictureLeftover",
        "CommentDecision", "GroupDecision", "CommentReport", "CommentRule", "Ban", "Follower", "SpamTraining", "SavedView", "ImportedItem", "SiteKey", "Webhook", "WebhookDelivery"];

    [Fact]
    public void Core_knows_nothing_of_the_web()
    {
        Assert.DoesNotContain(typeof(Article).Assembly.GetReferencedAssemblies(), a =>
            a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name == "System.Net.Http");
    }

    [Fact]
    public void Only_the_cache_touches_the_cache_store()
    {
        // Site.cs puts the guard in front of it.
        Assert.Empty(Naming(Checkout.Web, CacheStore()).Where(path => !path.StartsWith("Caching/", StringComparison.Ordinal) && path != "Site.cs"));
    }

    [Fact]
    public void Only_search_and_data_hold_sql()
    {
        Assert.Empty(Naming(Checkout.Core, Sql()).Where(path => !path.StartsWith("Search/", StringComparison.Ordinal) && !path.StartsWith("Data/", StringComparison.Ordinal)));
        Assert.Empty(Naming(Checkout.Web, Sql()));
    }

    [Fact]
    public void No_view_asks_the_store()
    {
        Assert.Empty(Checkout.Sources(Checkout.Web, "*.cshtml").Where(view => view.Text.Contains("NewsDbContext", StringComparison.Ordinal)).Select(view => view.Path));
    }

    [Fact]
    public void No_page_calls_another_pages_model()
    {
        var pages = typeof(Site).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract).Select(t => t.Name).ToHashSet();
        Assert.True(pages.Count > 50, "The pages were not found.");

        var calls =
            from source in Checkout.Sources(Checkout.Web).Concat(Checkout.Sources(Checkout.Web, "*.cshtml"))
            let own = Own().Matches(source.Text).SelectMany(own => Word().Matches(own.Value)).Select(word => word.Value).ToHashSet()
            from Match call in Call().Matches(source.Text)
            let called = call.Groups["whose"].Value
            where pages.Contains(called) && !own.Contains(called)
            select $"{source.Path}: {call.Value}";
        Assert.Empty(calls);
    }

    [Fact]
    public void Entities_ask_nobody_for_the_time()
    {
        Assert.Empty(Naming(Checkout.Core, Clock()).Where(path => !path.StartsWith("Data/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Folders_are_named_by_subject()
    {
        var folders = Directory.EnumerateDirectories(Checkout.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/'))
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/node_modules/", StringComparison.Ordinal));

        Assert.DoesNotContain(folders, path => path.Split('/')[^1] is "Services" or "Helpers" or "Dtos" or "Extensions" or "Utils" or "Managers" or "Common" or "Misc");
    }

    [Fact]
    public async Task The_container_runs_as_nobody_special_and_keeps_everything_in_one_volume()
    {
        using var msbuild = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet",
            ["msbuild", Path.Combine(Checkout.Web, "BlueTechWave.Web.csproj"), "-nologo", "-getProperty:EnableSdkContainerSupport,ContainerFamily,ContainerUser", "-getItem:ContainerPort,ContainerEnvironmentVariable,ContainerLabel"])
        {
            RedirectStandardOutput = true,
        })!;
        var told = System.Text.Json.JsonDocument.Parse(await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;

        var properties = told.GetProperty("Properties");
        Assert.Equal(("true", "noble-chiseled-extra", "app"), (properties.GetProperty("EnableSdkContainerSupport").GetString(), properties.GetProperty("ContainerFamily").GetString(), properties.GetProperty("ContainerUser").GetString()));
        Assert.Equal(["8080"], Named("ContainerPort"));
        Assert.Contains(told.GetProperty("Items").GetProperty("ContainerEnvironmentVariable").EnumerateArray(), v => v.GetProperty("Identity").GetString() == "Site__DataDirectory" && v.GetProperty("Value").GetString() == "/home/app");
        Assert.Contains("org.opencontainers.image.title", Named("ContainerLabel"));

        IEnumerable<string?> Named(string item) => told.GetProperty("Items").GetProperty(item).EnumerateArray().Select(i => i.GetProperty("Identity").GetString());
    }

    [Theory, EachStore]
    public async Task The_migrations_make_the_model(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);

        Assert.False(await site.AskAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));
        Assert.Empty(await site.AskAsync(db => db.Database.GetPendingMigrationsAsync()));
    }

    [Fact]
    public async Task A_store_that_comes_from_a_copy_opens_in_whatever_mode_it_is()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        var copy = new SqliteConnectionStringBuilder(site.Connection).DataSource + ".copy";
        await site.AskAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));

        await using var db = new SqliteNewsDbContext(new DbContextOptionsBuilder<SqliteNewsDbContext>()
            .UseSqlite($"Data Source={copy};Pooling=false").AddInterceptors(new SqliteConnectionSetup()).Options);
        await db.Database.MigrateAsync();

        Assert.Empty(await db.Articles.ToListAsync());
    }

    [Fact]
    public async Task What_is_stored_is_seen_by_readers_or_named_as_unseen()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        var stored = await site.AskAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(e => e.ClrType.Name).Distinct().ToList()));
        var changes = await File.ReadAllTextAsync(Path.Combine(Checkout.Core, "Data", "ChangeSet.cs"));
        var seen = stored.Where(name => Regex.IsMatch(changes, $@"(case|or) {name}\b")).ToHashSet();

        Assert.Empty(stored.Where(name => !seen.Contains(name) && !Unseen.Contains(name)));
        Assert.Empty(Unseen.Where(name => seen.Contains(name) || !stored.Contains(name)));
    }

    [Fact]
    public async Task Every_page_has_an_address_on_the_list()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        var pages = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));

        Assert.Equal(Addresses.Pages.Order(StringComparer.Ordinal), pages.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_newsroom_is_closed_and_the_rest_is_open()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var address = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var isClosed = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
            var shouldBe = address == "/newsroom" || address.StartsWith("/newsroom/", StringComparison.Ordinal) || Addresses.Own.Contains(address);
            Assert.Equal($"{address} {shouldBe}", $"{address} {isClosed}");
        }
    }

    private static IEnumerable<string> Naming(string folder, Regex what) =>
        Checkout.Sources(folder).Where(source => what.IsMatch(source.Text)).Select(source => source.Path);

    [GeneratedRegex(@"\bIOutputCacheStore\b|\bEvictByTagAsync\b")]
    private static partial Regex CacheStore();

    [GeneratedRegex("""\b(ExecuteSql\w*|FromSql\w*|SqlQuery\w*|CommandText)\b|"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE (TABLE|INDEX|VIRTUAL))\s""")]
    private static partial Regex Sql();

    /// <summary>The page that a source declares, or is the view of.</summary>
    [GeneratedRegex(@"\bclass \w+|^@model .*$", RegexOptions.Multiline)]
    private static partial Regex Own();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    // In a quotation mark it is a reference in a remark.
    [GeneratedRegex(@"(?<![\w.""])(?<whose>\w+)\.\w+|typeof\((?<whose>\w+)\)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bTimeProvider\b|\bStopwatch\b")]
    private static partial Regex Clock();
}
