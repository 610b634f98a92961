using System.Net;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Tests.Nodes;

public class NodeSettingsTests
{
    [Theory]
    [InlineData("Site:Proxies=10.0.0.5, the proxy", "Site:Proxies")]
    [InlineData("Site:Proxies=10.0.0.0/99", "Site:Proxies")]
    [InlineData("ConnectionStrings:Redis=127.0.0.1:6379,colour=blue", "ConnectionStrings:Redis")]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it(string setting, string named)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, setting));

        Assert.StartsWith(named, Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_in_front_are_addresses_or_networks()
    {
        var proxies = new SiteOptions { Proxies = "10.0.0.5, 10.1.0.0/16,fd00::/8" }.FindProxies()!;

        Assert.Equal([true, true, true, false, false], ((string[])["10.0.0.5", "10.1.2.3", "fd00::7", "10.0.0.6", "fe80::1"]).Select(a => proxies.Any(p => p.Contains(IPAddress.Parse(a)))));
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_keeps_nobody_waiting()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, $"ConnectionStrings:Redis=127.0.0.1:{Front.FreePort()}", "RateLimits:ApiPerMinute=2");

        foreach (var expected in (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests])
            Assert.Equal(expected, await site.Reader.StatusAsync("/api/v1/articles"));
    }
}
