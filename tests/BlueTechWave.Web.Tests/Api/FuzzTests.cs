using System.Globalization;
using BlueTechWave.Web.Api;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>Whatever is asked is answered or refused, never a failure.</summary>
public class FuzzTests
{
    private static readonly string[] Values =
    [
        "", " ", "0", "1", "-1", "101", "9999999999999999999999", "NaN", "a", "é", "😀", "%00", "\0", "'", "\"", "<script>", "../..", "a,b", "id", "id,body,headline", ",", "null", "true", "2024-09-25", "2024-02-30",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2024-09-25T09:30:00+14:00", "2024-09-25T09:30:00 02:00", "lina-moreau", "robots", "fintech/regulation", "/", "-", "_", "\"robots", "-robots", "( OR ) *", "\uFFFE", "\uD800", new string('a', 300), new string('9', 50),
    ];

    [Theory, EachStore]
    public async Task No_parameter_makes_an_answer_fail(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishManyAsync(5, (_, copy) => copy.Tags = ["Robots"]);
        Random random = new(20240925);
        foreach (var operation in Operations.All)
            for (var i = 0; i < 60; i++)
            {
                // A path without a character in it, or with the one that is none, never gets as far as we are.
                var key = Values[random.Next(Values.Length)];
                var path = operation.Path.Replace("{key}", key.Length == 0 || key.Contains('\0', StringComparison.Ordinal) ? "1" : Uri.EscapeDataString(key), StringComparison.Ordinal);
                var query = operation.Parameters.Where(p => !p.IsInPath && random.Next(3) == 0).Select(p => $"{p.Name}={Uri.EscapeDataString(Any(random, p))}").ToList();
                await IsAnsweredAsync(site, $"{path}?{string.Join('&', query)}");
            }
    }

    [Theory, EachStore]
    public async Task No_cursor_makes_an_answer_fail(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishManyAsync(5, (_, copy) => copy.Tags = ["Robots"]);
        Random random = new(7);
        foreach (var operation in Operations.All.Where(o => o.IsList))
        {
            var name = operation.Path[(operation.Path.LastIndexOf('/') + 1)..];
            var question = name == "search" ? $"{operation.Path}?q=robots&" : $"{operation.Path}?";
            foreach (var cursor in new Cursor[] { new(name, 0, 0), new(name, 0, 1), new(name, DateTime.MaxValue.Ticks, int.MaxValue), new(name, 1, int.MaxValue), new("articles", 5, 5), new("tags", 0, 3) })
            {
                var word = cursor.ToString().ToCharArray();
                await IsAnsweredAsync(site, $"{question}cursor={new string(word)}");
                for (var i = 0; i < 8; i++)
                {
                    word[random.Next(word.Length)] = (char)random.Next(33, 127);
                    await IsAnsweredAsync(site, $"{question}cursor={Uri.EscapeDataString(new string(word))}");
                }
            }
        }
    }

    [Theory]
    [InlineData("articles.638628534000000000.12.1")]
    [InlineData("articles.-1.12")]
    [InlineData("articles.638628534000000000.99999999999")]
    [InlineData("articles.9223372036854775807.1")]
    [InlineData("tags.638628534000000000.12")]
    [InlineData("articles. 1.1")]
    [InlineData("articles.01.1")]
    public void A_cursor_that_we_did_not_write_is_none(string inside) =>
        Assert.Null(Cursor.Read(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.ASCII.GetBytes(inside)), "articles"));

    [Fact]
    public void A_cursor_says_again_what_was_written_in_it()
    {
        Cursor cursor = new("articles", NewsSite.Opening.Ticks, 12);

        Assert.Equal(cursor, Cursor.Read(cursor.ToString(), "articles"));
        Assert.Equal(NewsSite.Opening, Cursor.Read(cursor.ToString(), "articles")!.Value.Moment);
    }

    private static string Any(Random random, Parameter parameter) =>
        random.Next(2) == 0 && parameter.Example is { } example ? example : random.Next(4) == 0 ? random.Next(-5, 200).ToString(CultureInfo.InvariantCulture) : Values[random.Next(Values.Length)];

    private static async Task IsAnsweredAsync(NewsSite site, string address)
    {
        using var answer = await site.Reader.GetAsync(address);
        var type = answer.Content.Headers.ContentType?.MediaType;
        var isRight = (int)answer.StatusCode switch { 200 => type == "application/json", 400 or 404 => type == "application/problem+json", 301 => true, _ => false };
        Assert.True(isRight, $"{address} answers {(int)answer.StatusCode} {type}");
        if ((int)answer.StatusCode != 301) Asking.Parse(await answer.Content.ReadAsStringAsync());
    }
}
