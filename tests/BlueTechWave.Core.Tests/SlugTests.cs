using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests;

public class SlugTests
{
    private static readonly Arbitrary<string> Words = Gen.OneOf(
            Gen.Elements("AR/VR", "–", "’", "$1.3B", "é", "Å", "İ", "K", "ﬁ", "½", "²", "①", "Ａ", "ß", "日本", "😀", "-", "_", " ", ".", "\0", "\ud800", "\uFFFE", "\uFFFF", "ſ", "word").ListOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ToArbitrary();

    [Theory]
    [InlineData("AR/VR", "ar-vr")]
    [InlineData("Video / Podcast", "video-podcast")]
    [InlineData("Microsoft invests $1.3B in Mexico’s cloud computing and AI infrastructure", "microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure")]
    [InlineData("Petra Novotná", "petra-novotna")]
    [InlineData("Łódź, Ærø, Straße, Đakovo & Þingvellir", "lodz-aero-strasse-dakovo-thingvellir")]
    [InlineData("HTTP/2 ‘Rapid Reset’", "http-2-rapid-reset")]
    [InlineData("  --Edges?! ", "edges")]
    [InlineData("日本語", "")]
    [InlineData("", "")]
    public void Words_become_a_slug(string words, string slug) => Assert.Equal(slug, Slug.From(words));

    [Fact]
    public void A_long_headline_ends_its_slug_at_a_whole_word()
    {
        var slug = Slug.From(string.Join(' ', Enumerable.Repeat("seventeen", 30)));

        Assert.InRange(slug.Length, 100, Slug.MaxLength);
        Assert.EndsWith("-seventeen", slug);
        Assert.Equal(Slug.MaxLength, Slug.From(new string('a', 300)).Length);
    }

    [Fact]
    public void Any_words_become_a_slug_that_is_one_or_nothing_and_stays_itself() => Prop.ForAll(Words, words =>
    {
        var slug = Slug.From(words);

        Assert.True(slug.Length == 0 || Slug.IsOne(slug), slug);
        Assert.Equal(slug, Slug.From(slug));
        Assert.False(slug.StartsWith('-') || slug.EndsWith('-') || slug.Contains("--", StringComparison.Ordinal), slug);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("a_b-1", true)]
    [InlineData("A", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("ä", false)]
    [InlineData("a%00", false)]
    [InlineData("a\n", false)]
    public void What_could_be_a_slug_is_told_from_what_cannot(string? text, bool could) => Assert.Equal(could, Slug.IsOne(text));
}
