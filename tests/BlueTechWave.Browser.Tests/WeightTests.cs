using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests;

/// <summary>What a first visit costs a reader, counted on the wire.</summary>
public class WeightTests(Newsstand newsstand, ITestOutputHelper output)
{
    [Theory]
    [InlineData("/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4")]
    [InlineData("/2023/10/http2-rapid-reset-disclosed")]
    public async Task An_article_without_pictures_is_light(string address)
    {
        await using var reader = await newsstand.ReaderAsync();
        var asked = new ConcurrentDictionary<string, string>();
        var weights = new ConcurrentDictionary<string, double>();
        var wire = await reader.Context.NewCDPSessionAsync(reader.Page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
        {
            var url = e!.Value.GetProperty("request").GetProperty("url").GetString()!;
            if (!url.StartsWith("data:", StringComparison.Ordinal)) asked[e.Value.GetProperty("requestId").GetString()!] = url;
        };
        wire.Event("Network.loadingFinished").OnEvent += (_, e) =>
            weights[e!.Value.GetProperty("requestId").GetString()!] = e.Value.GetProperty("encodedDataLength").GetDouble();

        await reader.GoAsync(address);
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var paid = asked.Select(a => (Url: a.Value, Bytes: weights.GetValueOrDefault(a.Key))).ToList();
        foreach (var (url, bytes) in paid.OrderByDescending(p => p.Bytes)) output.WriteLine($"{bytes,9:N0}  {url[newsstand.Origin.Length..]}");
        var all = paid.Sum(p => p.Bytes);
        var withoutFonts = paid.Where(p => !p.Url.EndsWith(".woff2", StringComparison.Ordinal)).Sum(p => p.Bytes);
        output.WriteLine($"{all,9:N0}  in {paid.Count} requests; {withoutFonts:N0} without fonts");

        Assert.InRange(paid.Count, 1, 10);
        Assert.InRange(withoutFonts, 1, 60 * 1024);
        Assert.InRange(all, 1, 160 * 1024);
    }
}
