using System.Globalization;
using System.Text;
using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Tests;

/// <summary>Whatever is typed, mangled or forged: an answer in the four hundreds at worst, soon, and never away from the paper.</summary>
public class RobustnessTests(RobustnessTests.Papers papers) : IClassFixture<RobustnessTests.Papers>
{
    private static readonly HashSet<int> Allowed = [200, 301, 303, 304, 400, 403, 404, 405, 410, 411, 413, 414, 415, 431];

    /// <summary>Put behind an address of each kind.</summary>
    private static readonly string[] Tails =
    [
        "%2F", "%2f..%2f..", "/%00", "%00", "/a%00b", "/%2e%2e", "/%2e%2e/%2e%2e/", "/%2e%2e%2fetc%2fpasswd", "/../../../etc/passwd", "/..%5c..%5c",
        "/%c0%af", "/%ff%fe", "/%80", "/%e2%82", "/%ed%a0%80", "/%f4%90%80%80", "/%", "/%z", "/%zz", "/%u0041", "/%25", "/%2525%252f", "/%20", "/%09", "/%0d%0aSet-Cookie:%20a=b",
        "//", "///", "/./.", "/.", "/..", "/;a=b", ";jsessionid=1", "/'", "/\"", "/`", "/|", "/\\", "/^", "/{0}", "/{slug}", "/<script>alert(1)</script>", "/%3Cscript%3E",
        "/*", "/:", "/@", "/&", "/=", "/+", "/~", "/$", "/!", "/,", "/(", "/[", "/]", "/#", "/-", "/--", "/_", "/a.b.c", "/.html", "/.php", "/.env", "/.git/config", "/wp-login.php", "/index.html/index.html",
        "/\u00c3\u00a9", "/%C3%A9", "/%E2%80%AE", "/%F0%9F%90%B3", "/%EF%BB%BF", "/%EF%BC%8F", "/%C4%B0", "/%E1%BA%9E",
        "/page", "/page/", "/page/-1", "/page/0", "/page/00", "/page/01", "/page/+2", "/page/1e3", "/page/0x10", "/page/1.5", "/page/2%20", "/page/%32", "/page/2/3", "/page/page/2",
        "/page/2147483647", "/page/2147483648", "/page/9223372036854775808", "/page/99999999999", "/page/99999999999999999999999999999999999999", "/page/%EF%BC%92", "/page/%D9%A2", "/page/NaN", "/page/null",
        "/feed/", "/feed/rss/rss", "/feed/%00", "/feed/page/-1", "/comments", "/comments/", "/comments/-1", "/comments/%00",
        "/" + new string('a', 10_000), "/" + new string('-', 10_000), "/" + new string('/', 5_000), "/page/" + new string('9', 5_000),
        .. new[] { "%00", "%2e%2e%2f", "%ff", "%F0%9F%90%B3", "a/", "../", "//", "A/" }.Select(part => "/" + string.Concat(Enumerable.Repeat(part, 600))),
    ];

    private static readonly string[] Queries =
    [
        "?", "??", "?&&&&", "?=", "?=&=", "?%", "?%zz=%zz", "?%00=1", "?a=%00", "?a[]=1&a[b]=2", "?a[=1", "?[=1", "?a]=1", "?a[b[c=1", "?a=1&a=2&a=3", "?page=-1", "?page=0", "?page=abc", "?page=99999999999", "?page=1&page=2", "?page=%00", "?page[]=2", "?page=",
        "?q=", "?q=%00", "?q=%ff%fe", "?q=%ED%A0%80", "?q=%22", "?q=%22%22%22", "?q=*", "?q=NEAR(a%20b)", "?q=a%20OR%20b%20NOT", "?q=%27%20OR%201=1--", "?q=%5C", "?q=a%3A*", "?q=%26%7C!%3A%2A()", "?q=<->", "?q=%F0%9F%90%B3", "?q=%EF%BF%BF",
        "?q=a&page=-1", "?q=a&page=99999999999", "?q=a&page=2147483647", "?q=a&page=107374183", "?q=a&category=%00", "?q=a&category=nowhere", "?q=a&category=-1", "?q=a&category=" + Long('c'), "?q=a&author=%00", "?q=a&author=nobody", "?q=a&author=1;DROP",
        "?q=a&from=0000-00-00", "?q=a&from=9999-12-31&to=0001-01-01", "?q=a&to=9999-12-31", "?q=a&from=0001-01-01", "?q=a&from=x&to=y", "?q=a&from=2024-02-30", "?q=a&to=99999-01-01", "?q=a&from=%00", "?q=a&sort=%00", "?q=a&sort=worst", "?q=a&sort=1", "?q=a&q=b",
        "?q=" + Long('a'), "?q=" + Long('"'), "?q=" + string.Concat(Enumerable.Repeat("a+", 4_000)), "?q=" + string.Concat(Enumerable.Repeat("%00", 2_000)), "?q=" + string.Concat(Enumerable.Repeat("%22a", 2_000)),
        "?replyto=-1", "?replyto=0", "?replyto=99999999999", "?replyto=x", "?replyto=%00", "?replyto=1&replyto=2", "?comments=-1", "?comments=0", "?comments=99999999999", "?comments=x", "?comments=2147483647", "?comments=%00", "?sent=%00", "?sent=<script>", "?sent=" + Long('x'),
        "?handler=%00", "?handler=Delete", "?area=x", "?slug=other", "?year=1&month=2", "?path=..%2f", "?number=-1", "?culture=xx", "?ReturnUrl=//evil.example",
        "?" + string.Join('&', Enumerable.Range(0, 900).Select(i => $"p{i}=1")), "?" + string.Join('&', Enumerable.Repeat("q=1", 1_500)), "?" + Long('&'), "?" + Long('%'), "?" + Long('x') + "=1",
    ];

    private static readonly string[] Headers =
    [
        "Accept: *\r\n", "Accept: /\r\n", "Accept: " + Long('q') + "\r\n", "Accept: application/json;q=zzz\r\n", "Accept-Encoding: " + Long('b') + "\r\n", "Accept-Encoding: br;q=9, ;;;, gzip;q=-1\r\n", "Accept-Encoding: ,,,,,\r\n", "Accept-Encoding: \u0001\r\n",
        "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", "Accept-Language: " + Long('d') + "\r\n", "Accept-Language: xx-YY-\r\n", "Accept-Charset: utf-7\r\n",
        "If-None-Match: x\r\n", "If-None-Match: \"\r\n", "If-None-Match: *\r\n", "If-None-Match: W/\"a\", \"b\",,\r\n", "If-None-Match: " + Long('"') + "\r\n", "If-Modified-Since: yesterday\r\n", "If-Modified-Since: Thu, 01 Jan 9999 00:00:00 GMT\r\n", "If-Match: x\r\n", "If-Unmodified-Since: x\r\n", "If-Range: x\r\nRange: bytes=0-1\r\n",
        "Range: bytes=-1\r\n", "Range: bytes=9-1\r\n", "Range: bytes=" + string.Join(',', Enumerable.Repeat("0-1", 1_000)) + "\r\n", "Cache-Control: no-cache\r\n", "Cache-Control: only-if-cached\r\n", "Cache-Control: max-age=-1, =,;\r\n", "Pragma: no-cache\r\n",
        "Cookie: a\r\n", "Cookie: =;=;=\r\n", "Cookie: " + Long('c') + "\r\n", "Cookie: .AspNetCore.Antiforgery=x; .AspNetCore.Mvc.CookieTempDataProvider=zzz\r\n", "Authorization: Basic !!!\r\n", "Authorization: Bearer " + Long('t') + "\r\n",
        "X-Forwarded-For: x\r\n", "X-Forwarded-For: 1.2.3.4.5, , ,\r\n", "X-Forwarded-For: [::1\r\n", "X-Forwarded-For: " + string.Join(',', Enumerable.Repeat("10.0.0.1", 500)) + "\r\n", "X-Forwarded-Proto: javascript\r\n", "X-Forwarded-Proto: https,http,,\r\n", "X-Forwarded-Proto: \"\r\n", "X-Forwarded-Host: evil.example\r\n", "X-Forwarded-Prefix: //evil.example\r\n",
        "X-Original-URL: /newsroom\r\n", "X-HTTP-Method-Override: DELETE\r\n", "Forwarded: for=evil\r\n", "Origin: null\r\n", "Origin: " + Long('o') + "\r\n", "Referer: not an address\r\n", "User-Agent: \r\n", "User-Agent: " + Long('u') + "\r\n", "Content-Type: \r\nContent-Length: 0\r\n", "Content-Type: multipart/form-data\r\nContent-Length: 0\r\n", "Content-Encoding: br\r\n",
        "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: 0\r\nContent-Length: 1\r\n", "Transfer-Encoding: zip\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "Expect: 100-continue\r\nContent-Length: 0\r\n", "Upgrade: websocket\r\n", "Upgrade: h2c\r\nHTTP2-Settings: x\r\n", "TE: trailers\r\n", "Trailer: X\r\n",
        "Host: second.example\r\n", "Bad Header: x\r\n", "NoColon\r\n", ": empty\r\n", "X-Null: a\u0000b\r\n", "X-Bytes: \u00ff\u00fe\u0080\r\n", " folded: x\r\n", "X-Big: " + new string('x', 60_000) + "\r\n", string.Concat(Enumerable.Range(0, 300).Select(i => $"X-{i}: 1\r\n")), "Sec-Fetch-Site: \u0001\r\n", "Save-Data: on\r\n", "Purpose: prefetch\r\n", "traceparent: zz\r\n", "traceparent: 00-" + new string('f', 32) + "-" + new string('f', 16) + "-ff\r\n", "baggage: " + Long('b') + "\r\n",
    ];

    private static readonly string[] Methods = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get", "G", "POST\tX", "(", new('M', 300)];

    /// <summary>Addresses that nothing stands behind.</summary>
    private static readonly string[] Wanderings =
    [
        "/2024/13", "/2024/00", "/2024/0", "/2024/1", "/2024/099", "/2024/9999", "/2024/-9", "/2024/9x", "/0000", "/0000/00", "/0000/01/a", "/0001/01", "/9999", "/9999/12", "/9999/12/a", "/10000", "/10000/01", "/99999999999", "/-1", "/-2024/09", "/2024/13/a", "/2024/00/a", "/2024/9/a", "/202/09", "/20240/9/a",
        "/2024/02/30", "/2024/09/25", "/2024/09/robots/learn/to/swim", "/1/2/3/4/5/6/7/8/9", "/%32024/09", "/2024%2F09", "/2024%2f09%2frobots-learn-to-swim", "/%EF%BC%92024/09", "/\u0662024", "/2147483648", "/2147483648/01", "/2024/2147483648", "/214748/36",
        "/category", "/category/", "/category/nowhere", "/category/ai/nowhere", "/category/regulation", "/category/" + string.Join('/', Enumerable.Repeat("ai", 500)), "/category/%00", "/category/ai%2Fregulation", "/category/fintech%2fregulation",
        "/tag", "/tag/", "/tag/nowhere", "/tag/a/b", "/tag/%00", "/author", "/author/nobody", "/author/a/b", "/author/%00", "/archives/2024", "/search/robots", "/search/page/2",
        "/error", "/error/500", "/error/404", "/error/200", "/error/999", "/error/99999999999", "/error/-1", "/error/abc", "/error/0", "/error/%00", "/error/302", "/error/100",
        "/feed/xyz", "/feed/atom/xyz", "/comments", "/comments/feed/atom", "/sitemap.xml/x", "/sitemaps/", "/sitemaps/articles-0.xml", "/sitemaps/articles-9.xml", "/sitemaps/articles-99999999999.xml", "/sitemaps/articles-%00.xml", "/sitemaps/articles--1.xml", "/sitemap-9.xml", "/robots.txt/x", "/media", "/media/", "/media/x.jpg", "/media/../btw.db", "/media/%2e%2e/btw.db", "/btw.db", "/data/btw.db",
        "/healthz", "/healthz/x", "/metrics", "/favicon.ico", "/apple-touch-icon.png", "/wp-admin/", "/wp-login.php", "/xmlrpc.php", "/.well-known/security.txt", "/appsettings.json", "/web.config", "/index", "/home", "/Index", "/Pages/Index.cshtml", "/_framework/x", "/bin/", "*",
        "/about/x", "/nowhere", "/Nowhere/", "/NOWHERE.HTML", "/a%20b", "/con", "/aux", "/nul", "/%E0%A4%A", "/" + Long('A'), "/" + Long('a') + ".html", "/" + string.Concat(Enumerable.Repeat("a/", 3_000)), "/" + string.Concat(Enumerable.Repeat("%41", 2_500)),
    ];

    public static TheoryData<string, string> Kinds => new()
    {
        { "home", "/" },
        { "article", "/2024/09/robots-learn-to-swim" },
        { "withdrawn article", "/2024/09/robots-learn-to-lie" },
        { "category", "/category/ai" },
        { "child category", "/category/fintech/regulation" },
        { "tag", "/tag/robots" },
        { "author", "/author/lina-moreau" },
        { "year", "/2024" },
        { "month", "/2024/09" },
        { "archives", "/archives" },
        { "search", "/search" },
        { "standing page", "/about" },
        { "contact page", "/contact" },
        { "feed", "/feed" },
        { "Atom feed", "/feed/atom" },
        { "JSON feed", "/category/ai/feed/json" },
        { "comments feed", "/comments/feed" },
        { "an article's comments", "/2024/09/robots-learn-to-swim/comments" },
        { "an article's comments feed", "/2024/09/robots-learn-to-swim/feed" },
        { "sitemap of articles", "/sitemaps/articles-1.xml" },
        { "news sitemap", "/sitemap-news.xml" },
        { "sitemap", "/sitemap.xml" },
        { "health", "/healthz/live" },
    };

    public static TheoryData<string, string, Store> KindsOnEachStore
    {
        get
        {
            var all = new TheoryData<string, string, Store>();
            foreach (var row in Kinds)
            {
                var (kind, address) = row.Data;
                all.Add(new TheoryDataRow<string, string, Store>(kind, address, Store.Sqlite));
                all.Add(new TheoryDataRow<string, string, Store>(kind, address, Store.Postgres) { Skip = Postgres.WhyNot });
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(KindsOnEachStore))]
    public async Task Malformed_paths_and_queries_are_answered_calmly(string kind, string address, Store store)
    {
        var site = await papers.OnAsync(store);
        var tails = Tails.Select(tail => Wire.Request(site.Address, address.TrimEnd('/') + tail));
        var queries = Queries.Select(query => Wire.Request(site.Address, address + query));
        Assert.InRange(Tails.Length + Queries.Length, 150, 500);

        await SendAllAsync(kind, site, tails.Concat(queries));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Odd_headers_and_methods_are_answered_calmly(string kind, string address)
    {
        var site = await papers.OnAsync(Store.Sqlite);
        var headers = Headers.Select(header => Wire.Request(site.Address, address, headers: header));
        var methods = Methods.Select(method => Wire.Request(site.Address, address, method, "Content-Length: 0\r\n"));
        string[] lines =
        [
            $"GET {address} HTTP/1.0\r\n\r\n", $"GET {address} HTTP/1.1\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
            $"GET {address} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost: {Long('h')}\r\nConnection: close\r\n\r\n",
            $"GET {address} HTTP/1.1\r\nHost: <script>\r\nConnection: close\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost: x:99999\r\nConnection: close\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n", $"GET {address} HTTP/1.1\r\nHost: \u00fc.example\r\nConnection: close\r\n\r\n",
            $"GET http://evil.example{address} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nConnection: close\r\n\r\n", $"GET {site.Address.GetLeftPart(UriPartial.Authority)}{address} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nConnection: close\r\n\r\n",
            $"GET  {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", $"GET {address} {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", $"CONNECT {site.Address.Authority} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nConnection: close\r\n\r\n", $"OPTIONS * HTTP/1.1\r\nHost: {site.Address.Authority}\r\nConnection: close\r\n\r\n",
        ];

        await SendAllAsync(kind, site, headers.Concat(methods).Concat(lines));
    }

    [Theory, EachStore]
    public async Task Addresses_that_nothing_stands_behind_are_answered_calmly(Store store)
    {
        var site = await papers.OnAsync(store);
        await SendAllAsync("wandering", site, Wanderings.Select(path => Wire.Request(site.Address, path)));
        await SendAllAsync("wandering", site, Wanderings.Select(path => Wire.Request(site.Address, path + "?q=%00&page=-1")));
    }

    [Theory, EachStore]
    public async Task The_site_still_stands_after_all_of_it(Store store)
    {
        var site = await papers.OnAsync(store);
        await SendAllAsync("home", site, Tails.Select(tail => Wire.Request(site.Address, tail)));

        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal("200", await site.Reader.AnswerAsync("/healthz/ready"));
    }

    private static string Long(char c) => new(c, 10_000);

    private static async Task SendAllAsync(string kind, NewsSite site, IEnumerable<string> requests)
    {
        var offences = new StringBuilder();
        foreach (var request in requests)
        {
            var answer = await Wire.SendAsync(site.Address, request);
            var location = answer.Header("Location");
            if (!Allowed.Contains(answer.Status)) Note(request, answer.Status.ToString(CultureInfo.InvariantCulture));
            if (location is not null && (!location.StartsWith('/') || location.StartsWith("//", StringComparison.Ordinal) || location.StartsWith("/\\", StringComparison.Ordinal))) Note(request, $"leads to {location}");
            if (answer.Header("Set-Cookie") is { } cookie) Note(request, $"sets {cookie}");
        }

        Assert.True(offences.Length == 0, $"{kind}:\n{offences}");

        void Note(string request, string what)
        {
            var shown = request.ReplaceLineEndings("⏎");
            offences.AppendLine(CultureInfo.InvariantCulture, $"{what}: {(shown.Length > 160 ? $"{shown[..120]}… ({shown.Length})" : shown)}");
        }
    }

    public sealed class Papers : IAsyncDisposable
    {
        private readonly Dictionary<Store, Lazy<Task<NewsSite>>> _sites =
            Enum.GetValues<Store>().ToDictionary(store => store, store => new Lazy<Task<NewsSite>>(() => PrintAsync(store)));

        public Task<NewsSite> OnAsync(Store store) => _sites[store].Value;

        public async ValueTask DisposeAsync()
        {
            foreach (var site in _sites.Values.Where(s => s is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })) await (await site.Value).DisposeAsync();
        }

        private static async Task<NewsSite> PrintAsync(Store store)
        {
            var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=10000", "RateLimits:MessagesPerHour=10000");
            await site.PublishManyAsync(45, (i, copy) => (copy.Category, copy.Tags) = (i % 3 == 0 ? "fintech/regulation" : "ai", ["Robots"]));
            var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
            await site.CommentAsync(article, CommentState.Approved);
            await site.WithdrawAsync(await site.PublishAsync("Robots learn to lie"));
            return site;
        }
    }
}
