using BlueTechWave.Core.Writing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Writing;

public class DifferencesTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Reading_the_differences_gives_both_texts_back() => Prop.ForAll(Texts(), Texts(), (old, now) =>
    {
        var passages = Differences.Of(old, now);
        return string.Concat(passages.Select(p => p.Old)) == old && string.Concat(passages.Select(p => p.Now)) == now;
    }).Check(Often);

    [Fact]
    public void A_text_does_not_differ_from_itself() => Prop.ForAll(Texts(), text => Differences.Of(text, text).All(p => !p.IsChanged)).Check(Often);

    [Fact]
    public void Any_two_strings_come_back_whole() => Prop.ForAll<string?, string?>((one, other) =>
    {
        var passages = Differences.Of(one ?? "", other ?? "");
        return string.Concat(passages.Select(p => p.Old)) == (one ?? "") && string.Concat(passages.Select(p => p.Now)) == (other ?? "");
    }).Check(Often);

    [Fact]
    public void A_changed_word_is_marked_and_its_neighbours_are_not()
    {
        var passage = Assert.Single(Differences.Of("One.\n\nIt rained on Tuesday in Lagos.\n\nThree.", "One.\n\nIt rained on Wednesday in Lagos.\n\nThree."), p => p.IsChanged);

        Assert.Equal(
            [new(Mark.Same, "It rained on "), new(Mark.Removed, "Tuesday"), new(Mark.Added, "Wednesday"), new(Mark.Same, " in Lagos.\n")],
            passage.Pieces);
    }

    [Fact]
    public void A_paragraph_written_anew_is_taken_out_and_put_in_whole()
    {
        var passage = Assert.Single(Differences.Of("The cable broke near the coast.", "Ministers will meet again, says Ada."), p => p.IsChanged);

        Assert.Equal([Mark.Removed, Mark.Added], passage.Pieces.Select(p => p.Mark));
    }

    [Fact]
    public void A_new_paragraph_leaves_the_others_alone()
    {
        var changed = Differences.Of("One.\n\nThree.", "One.\n\nTwo.\n\nThree.").Where(p => p.IsChanged).ToList();

        Assert.All(changed, p => Assert.Equal("", p.Old));
        Assert.Equal("Two.", string.Concat(changed.Select(p => p.Now)).Trim());
    }

    [Fact]
    public void Two_books_without_a_common_word_are_compared_in_bounded_work()
    {
        var old = string.Join("\n\n", Enumerable.Range(0, 40_000).Select(i => $"a{i}"));
        var now = string.Join("\n\n", Enumerable.Range(0, 40_000).Select(i => $"b{i}"));

        var passages = Differences.Of(old, now);

        Assert.InRange(passages.Count, 1, 3);
        Assert.Equal(now, string.Concat(passages.Select(p => p.Now)));
    }

    private static Arbitrary<string> Texts()
    {
        var words = Gen.Elements("the", "cable", "broke", "Inês", "’s", ".", ",", " ", " ", "\n", "\n\n", "```\n", "::: note\n", ":::\n", "# ", "- ", "\uFFFF", "👩‍💻", "e\u0301", "\t");
        return words.ListOf().Select(string.Concat).ToArbitrary();
    }
}
