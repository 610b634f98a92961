using System.Net;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Tests.Nodes;

public class NodeSettingsTests
{
    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it()
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, "ConnectionStrings:Redis=127.0.0.1:6379,colour=blue"));

        Assert.StartsWith("ConnectionStrings:Redis", Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_keeps_nobody_waiting()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, $"ConnectionStrings:Redis=127.0.0.1:{Front.FreePort()}", "RateLimits:ApiPerMinute=2");

        foreach (var expected in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests])
            Assert.Equal(expected, await site.Reader.StatusAsync("/api/v1/articles"));
    }
}
