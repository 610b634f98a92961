using System.CommandLine;
using BlueTechWave.Web.Cli;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>An operator's slips.</summary>
public class SettingsTests
{
    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_a_line_each_and_nothing_is_begun()
    {
        var folder = Directory.CreateTempSubdirectory("btw-site-").FullName;
        try
        {
            using StringWriter said = new(), refused = new();
            var code = await Verbs.RunAsync(
            [
                "serve", "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--urls=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false", "--Logs:Console=None",
                $"--Site:DataDirectory={folder}", "--Store:Provider=Oracle", "--Store:MigrateOnStart=perhaps", "--Mail:Port=many", "--Site:TimeZone=Mars/Olympus", "--Backup:KeepDaily=0", "--Logs:KeepFiles=0",
                "--Proxies:Known=10.0.0.0/8, nearby", "--Metrics:Token=short", "--Media:MaxFrames=0",
            ], new InvocationConfiguration { Output = said, Error = refused });

            Assert.Equal(1, code);
            var lines = refused.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            string[] named = ["Store:Provider", "Store:MigrateOnStart", "Mail:Port", "Site:TimeZone", "Backup:KeepDaily", "Logs:KeepFiles", "Proxies:Known", "Metrics:Token", "Media:MaxFrames"];
            Assert.True(lines.Length == named.Length, refused.ToString());
            Assert.DoesNotContain(lines, l => l.Contains("DataAnnotation", StringComparison.Ordinal) || l.StartsWith("   at", StringComparison.Ordinal));
            Assert.All(named, key => Assert.Single(lines, l => l.Contains(key, StringComparison.Ordinal)));
            Assert.Empty(Directory.GetFiles(folder, "btw.db*"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_that_is_none_is_warned_of_with_the_nearest_that_is_one()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Logs:Console=None", "Serilog:MinimumLevel:Default=Warning", "Mail:Hots=mail.example", "Media:S3:Buckett=pictures");

        Assert.Contains(site.Log.Lines, l => l.Contains("Mail:Hots is no setting; did you mean Mail:Host?", StringComparison.Ordinal));
        Assert.Contains(site.Log.Lines, l => l.Contains("Media:S3:Buckett is no setting; did you mean Media:S3:Bucket?", StringComparison.Ordinal));
        Assert.Equal(2, site.Log.Lines.Count(l => l.Contains("is no setting", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stranger_is_not_believed_about_who_asks()
    {
        // This machine is a proxy that is known, and the one before it is not: what stands before that is anybody's word.
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "RateLimits:ApiPerMinute=1");
        Assert.Equal(200, await AskAsync("198.51.100.1, 203.0.113.9"));
        Assert.Equal(429, await AskAsync("198.51.100.2, 203.0.113.9"));

        await using var behind = await NewsSite.OpenAsync(Store.Sqlite, "RateLimits:ApiPerMinute=1", "Proxies:Known=203.0.113.0/24");
        Assert.Equal(200, await AskAsync("198.51.100.1, 203.0.113.9", behind));
        Assert.Equal(200, await AskAsync("198.51.100.2, 203.0.113.9", behind));
        Assert.Equal(429, await AskAsync("198.51.100.2, 203.0.113.9", behind));

        async Task<int> AskAsync(string through, NewsSite? at = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/articles");
            request.Headers.Add("X-Forwarded-For", through);
            using var answer = await (at ?? site).Reader.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }
}
