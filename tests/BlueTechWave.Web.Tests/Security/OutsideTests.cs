using System.Net;
using System.Net.Sockets;
using BlueTechWave.Web.Security;

namespace BlueTechWave.Web.Tests.Security;

/// <summary>An address that somebody has typed leads out of the house, however it is spelt and whatever its name comes to mean.</summary>
public class OutsideTests
{
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.9.9.9/")]
    [InlineData("https://127.0.0.1:8443/hook")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://100.127.255.254/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://192.0.0.170/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://239.255.255.250/")]
    [InlineData("https://240.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]:8443/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12:3456:789a::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2002:a9fe:a9fe::1]/")]
    [InlineData("https://[2002:c0a8:101::1]/")]
    [InlineData("https://[64:ff9b::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2001::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    public async Task What_leads_into_the_house_is_refused(string typed)
    {
        Assert.NotNull(await new Outside(allowPrivate: false).WhyNotAsync(typed, TestContext.Current.CancellationToken));
        Assert.Null(await new Outside(allowPrivate: true).WhyNotAsync(typed, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("https://1.1.1.1/")]
    [InlineData("https://8.8.8.8:8443/hook?key=1")]
    [InlineData("https://172.15.0.1/")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.63.255.255/")]
    [InlineData("https://100.128.0.1/")]
    [InlineData("https://192.169.0.1/")]
    [InlineData("https://169.253.0.1/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://[::ffff:8.8.8.8]/")]
    [InlineData("https://[2002:808:808::1]/")]
    [InlineData("https://[64:ff9b::808:808]/")]
    public async Task What_leads_out_of_it_is_not(string typed) =>
        Assert.Null(await new Outside(allowPrivate: false).WhyNotAsync(typed, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("", "whole address")]
    [InlineData("hooks.example/x", "whole address")]
    [InlineData("//8.8.8.8/", "whole address")]
    [InlineData("file:///etc/passwd", "whole address")]
    [InlineData("ftp://8.8.8.8/", "whole address")]
    [InlineData("gopher://8.8.8.8/", "whole address")]
    [InlineData("javascript:alert(1)", "whole address")]
    [InlineData("https://", "whole address")]
    [InlineData("http://8.8.8.8/", "begins with https")]
    [InlineData("https://me:secret@8.8.8.8/", "password")]
    [InlineData("https://8.8.8.8@127.0.0.1/", "password")]
    [InlineData("https://8.8.8.8/#here", "#")]
    public async Task What_is_no_address_for_a_message_is_refused_with_the_reason(string typed, string reason) =>
        Assert.Contains(reason, await new Outside(allowPrivate: false).WhyNotAsync(typed, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("93.184.215.14", null)]
    [InlineData("93.184.215.14 10.0.0.1", "private")]
    [InlineData("10.0.0.1 93.184.215.14", "private")]
    [InlineData("2606:2800:21f::1 ::ffff:192.168.0.1", "private")]
    [InlineData("", "no host")]
    public async Task Every_address_a_name_stands_for_is_looked_at(string addresses, string? reason)
    {
        var outside = new Outside(allowPrivate: false, (_, _) => Task.FromResult(Parse(addresses)));

        var why = await outside.WhyNotAsync("https://hooks.example/", TestContext.Current.CancellationToken);

        if (reason is null) Assert.Null(why);
        else Assert.Contains(reason, why);
    }

    [Fact]
    public async Task A_name_that_turns_to_the_house_after_it_was_looked_at_is_not_connected_to()
    {
        using var house = new TcpListener(IPAddress.Loopback, 0);
        house.Start();
        var asked = 0;
        var outside = new Outside(allowPrivate: false, (_, _) => Task.FromResult(Parse(asked++ == 0 ? "93.184.215.14" : "127.0.0.1")));
        var address = $"https://hooks.example:{((IPEndPoint)house.LocalEndpoint).Port}/";
        Assert.Null(await outside.WhyNotAsync(address, TestContext.Current.CancellationToken));
        using var http = new HttpClient(outside.Handler());

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(address, TestContext.Current.CancellationToken));

        Assert.Contains("private", refused.ToString());
        Assert.Equal(2, asked);
        Assert.False(house.Pending());
    }

    [Fact]
    public async Task A_name_is_connected_to_at_the_address_that_was_looked_at()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var asked = 0;
        // Whoever asks a second time is led astray.
        var outside = new Outside(allowPrivate: true, (_, _) => Task.FromResult(Parse(asked++ == 0 ? "127.0.0.1" : "192.0.2.1")));
        using var http = new HttpClient(outside.Handler());

        var sent = http.GetAsync($"http://hooks.example:{((IPEndPoint)elsewhere.LocalEndpoint).Port}/", TestContext.Current.CancellationToken);
        using var client = await elsewhere.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, (await sent).StatusCode);
        Assert.Equal(1, asked);
    }

    private static IPAddress[] Parse(string addresses) => [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
